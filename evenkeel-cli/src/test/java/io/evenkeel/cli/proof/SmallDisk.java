package io.evenkeel.cli.proof;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A small file system in memory, seen only by a shell in a namespace of its own and by what that
/// shell starts.
final class SmallDisk implements AutoCloseable {
  private final Process shell;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final Path mountPoint;

  private SmallDisk(Process shell, Path mountPoint) {
    this.shell = shell;
    this.in = shell.outputWriter();
    this.out = shell.inputReader();
    this.mountPoint = mountPoint;
  }

  /// Makes one.
  ///
  /// @throws IOException with the reason when that is not allowed here
  static SmallDisk mount(Path mountPoint, int mebibytes) throws IOException {
    Files.createDirectories(mountPoint);
    Path errors = mountPoint.resolveSibling("mount-errors.txt");
    Process shell =
        new ProcessBuilder("unshare", "-rm", "sh").redirectError(errors.toFile()).start();
    SmallDisk disk = new SmallDisk(shell, mountPoint);
    try {
      disk.run("mount -t tmpfs -o size=" + mebibytes + "m evenkeel '" + mountPoint + "'");
      return disk;
    } catch (IOException e) {
      disk.close();
      throw new IOException("mount is not allowed: " + Files.readString(errors), e);
    }
  }

  /// Makes it larger, while it is in use.
  void resize(int mebibytes) throws IOException {
    run("mount -o remount,size=" + mebibytes + "m '" + mountPoint + "'");
  }

  /// The command line that runs another one where the disk is seen.
  List<String> seen(List<String> commandLine) {
    List<String> inside =
        List.of("nsenter", "--target", Long.toString(shell.pid()), "--user", "--mount", "--");
    return Stream.concat(inside.stream(), commandLine.stream()).collect(Collectors.toList());
  }

  /// Runs a command of the shell.
  ///
  /// @throws IOException when it fails
  void run(String command) throws IOException {
    in.write(command + "; echo \"EXIT $?\"\n");
    in.flush();
    String line = out.readLine();
    while (line != null && !line.startsWith("EXIT ")) {
      line = out.readLine();
    }
    if (line == null || !line.equals("EXIT 0")) {
      throw new IOException(command + " ended with " + line);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      shell.destroy();
    }
  }
}
