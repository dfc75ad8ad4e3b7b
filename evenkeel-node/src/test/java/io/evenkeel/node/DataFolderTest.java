package io.evenkeel.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.command.EngineLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DataFolderTest {
  @TempDir Path folder;

  @Test
  void shouldRefuseASecondNodeOfThisProcessAndLeaveTheFirstAlone() {
    NodeConfig config = Venues.config(folder);
    try (Node first = Venues.start(config)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> Venues.start(config))
            .isInstanceOf(NodeException.class)
            .hasMessageContaining(folder.toString())
            .hasMessageContaining("this process (" + ProcessHandle.current().pid() + ")");
      }
      assertThat(first.takeSnapshot(Venues.PATIENCE).bytes()).isPositive();
    }
    Venues.start(config).close();
  }

  @Test
  void shouldRefuseASecondNodeOfAnotherProcessNamingTheFirst() throws Exception {
    try (Node first = Venues.start(Venues.config(folder))) {
      Process second = Child.start("start", folder).process();
      String said = new String(second.getErrorStream().readAllBytes());
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(said)
          .contains(folder.toString())
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(first.status().fault()).isEmpty();
    }
  }

  @Test
  void shouldNameAFileInPlaceOfAFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "not a folder");
    assertThatThrownBy(() -> Venues.start(Venues.config(file)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("it is a file");
    Path inside = file.resolve("inside");
    assertThatThrownBy(() -> Venues.start(Venues.config(inside)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(file.toString());
    assertThat(Files.readString(file)).isEqualTo("not a folder");
  }

  @Test
  void shouldNameAFolderThatCannotBeMade() {
    Path impossible = Path.of("/proc/evenkeel-data");
    assertThatThrownBy(() -> Venues.start(Venues.config(impossible)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(impossible.toString())
        .hasMessageContaining("choose a path");
  }

  @Test
  void shouldRefuseOtherLimitsThanTheHistoryBeganWith() {
    Venues.start(Venues.config(folder)).close();
    EngineLimits began = Venues.LIMITS;
    EngineLimits other =
        new EngineLimits(
            began.assets(),
            began.instruments(),
            began.rulebooks(),
            began.parties(),
            began.accounts() + 1,
            began.positionsPerAccount(),
            began.marksPerBatch(),
            began.sessions(),
            began.outcomesPerSession());
    NodeConfig config = new NodeConfig(folder, other, Duration.ZERO, Duration.ZERO, 0, true, true);
    assertThatThrownBy(() -> Venues.start(config))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("limits.accounts was 1000 and is now 1001");
    Venues.start(Venues.config(folder)).close();
  }

  @Test
  void shouldRefuseALogWithoutItsVenueFileAndAVenueFileOfAnotherFormat() throws Exception {
    Venues.start(Venues.config(folder)).close();
    Path file = folder.resolve("venue");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("format=1", "format=2"));
    assertThatThrownBy(() -> Venues.start(Venues.config(folder)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("format 2");
    Files.delete(file);
    assertThatThrownBy(() -> Venues.start(Venues.config(folder)))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("no file venue");
    Files.writeString(file, text);
    Venues.start(Venues.config(folder)).close();
  }

  @Test
  void shouldLeaveNothingInSharedMemoryBehind() throws Exception {
    DriverFolder first = DriverFolder.make();
    Path parent = first.path().getParent();
    first.close();
    Path dead = Files.createDirectory(parent.resolve("evenkeel-0-1-dead"));
    Path deadLock = Files.writeString(parent.resolve("evenkeel-0-1-dead.lock"), "");
    try (DriverFolder second = DriverFolder.make()) {
      assertThat(dead).doesNotExist();
      assertThat(deadLock).doesNotExist();
      Path own = second.path();
      Files.createDirectory(own);
      DriverFolder.make().close();
      assertThat(own).as("of a living process").exists();
    }
  }

  @Test
  void shouldStopWhenItsFolderIsMovedAway() throws Exception {
    CompletableFuture<NodeException> fault = new CompletableFuture<>();
    Path data = folder.resolve("data");
    try (Node node = Node.start(Venues.config(data), Venues.small(), fault::complete)) {
      Files.move(data, folder.resolve("elsewhere"));
      assertThat(fault.get(60, TimeUnit.SECONDS))
          .hasMessageContaining(data.toString())
          .hasMessageContaining("was removed, moved or replaced");
      assertThat(node.status().fault()).contains("was removed, moved or replaced");
    }
    Files.move(folder.resolve("elsewhere"), data);
    Venues.start(Venues.config(data)).close();
  }

  @Test
  void shouldStopWhenItsLockIsTakenAway() throws Exception {
    CompletableFuture<NodeException> fault = new CompletableFuture<>();
    try (Node node = Node.start(Venues.config(folder), Venues.small(), fault::complete)) {
      Files.delete(folder.resolve("node.lock"));
      Files.createFile(folder.resolve("node.lock"));
      assertThat(fault.get(60, TimeUnit.SECONDS)).hasMessageContaining("node.lock");
      assertThat(node.status().fault()).contains("node.lock");
    }
  }
}
