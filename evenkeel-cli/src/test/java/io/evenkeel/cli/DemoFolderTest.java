package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.cli.Failures.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("deep").resolve("demo");
  }

  @Test
  void shouldRememberWhoTrades() {
    DemoFolder made = DemoFolder.open(folder(), false, 123, 7L);
    assertThat(made.isNew()).isTrue();
    assertThat(made.isSetUp()).isFalse();
    made.noteSetUp();
    DemoFolder known = DemoFolder.open(folder(), false, null, null);
    assertThat(known.isNew()).isFalse();
    assertThat(known.isSetUp()).isTrue();
    assertThat(known.accounts()).isEqualTo(123);
    assertThat(known.seed()).isEqualTo(7);
    assertThat(DemoFolder.open(folder(), false, 123, 7L).isSetUp()).isTrue();
  }

  @Test
  void shouldRefuseOtherAccountsUnlessFresh() throws IOException {
    DemoFolder.open(folder(), false, null, null).noteSetUp();
    Files.createDirectories(folder().resolve("archive"));
    Files.writeString(folder().resolve("archive").resolve("log"), "x");
    assertThatThrownBy(() -> DemoFolder.open(folder(), false, 5, null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("holds a demo of 10000 accounts with seed 1")
        .hasMessageContaining("--fresh");
    DemoFolder fresh = DemoFolder.open(folder(), true, 5, null);
    assertThat(fresh.isNew()).isTrue();
    assertThat(fresh.accounts()).isEqualTo(5);
    assertThat(folder().resolve("archive")).doesNotExist();
  }

  @Test
  void shouldNeverDeleteWhatIsNoDemo() throws IOException {
    Files.writeString(temporary.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> DemoFolder.open(temporary, true, null, null))
        .hasMessageContaining("is not empty and holds no demo");
    assertThat(temporary.resolve("thesis.txt")).exists();
  }

  @Test
  void shouldNotDeleteARunningDemo() throws IOException {
    DemoFolder.open(folder(), false, null, null);
    Path lock = folder().resolve("node.lock");
    Files.createFile(lock);
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> DemoFolder.open(folder(), true, null, null))
          .hasMessageContaining("a demo is running on it");
    }
    assertThat(lock).exists();
  }

  @Test
  void shouldSayWhatIsWrongWithTheFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(() -> DemoFolder.open(file, false, null, null))
        .hasMessageContaining("is not a folder");
    DemoFolder.open(folder(), false, null, null);
    Files.writeString(folder().resolve("demo.properties"), "accounts=many\n");
    assertThatThrownBy(() -> DemoFolder.open(folder(), false, null, null))
        .hasMessageContaining("is damaged; start over with --fresh");
  }
}
