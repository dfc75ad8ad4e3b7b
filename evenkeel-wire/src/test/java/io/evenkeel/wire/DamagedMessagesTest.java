package io.evenkeel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are not what was written are refused by [UndecodableMessage] or are another message,
/// written the same way if it is of the latest version; nothing else ever comes out.
/// `-Devenkeel.damage.rounds=100000` tries longer.
class DamagedMessagesTest {
  private static final int VERSION_AT = 6;
  private static final int ROUNDS = Integer.getInteger("evenkeel.damage.rounds", 1_000);

  static Stream<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseEveryCut(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> sample.form().decode(cut))
          .as("%s cut to %d of %d bytes", sample, length, bytes.length)
          .isInstanceOf(UndecodableMessage.class);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRefuseWhatGoesOn(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

    assertThatThrownBy(() -> sample.form().decode(longer))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining("after its end");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldSurviveEveryByteSetToItsExtremes(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    for (int at = 0; at < bytes.length; at++) {
      for (byte value : new byte[] {0, 1, 127, -128, -1}) {
        byte[] damaged = bytes.clone();
        damaged[at] = value;
        shouldBeRefusedOrWhole(sample, damaged, "byte " + at + " set to " + value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldSurviveRandomDamage(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    for (long seed = 1; seed <= ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = Arrays.copyOf(bytes, random.nextInt(8, bytes.length + 9));
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        damaged[random.nextInt(8, damaged.length + 1) - 1] ^= (byte) (1 << random.nextInt(8));
      }
      shouldBeRefusedOrWhole(sample, damaged, "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldSurviveRandomBytesBehindAGoodHeader(Sample sample) {
    byte[] bytes = sample.form().encode(sample.message());
    for (long seed = 1; seed <= ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = new byte[random.nextInt(8, bytes.length + 40)];
      random.nextBytes(damaged);
      System.arraycopy(bytes, 0, damaged, 0, 8);
      shouldBeRefusedOrWhole(sample, damaged, "seed " + seed);
    }
  }

  private static void shouldBeRefusedOrWhole(Sample sample, byte[] bytes, String what) {
    Object message;
    try {
      message = sample.form().decode(bytes);
    } catch (UndecodableMessage e) {
      assertThat(e).as("%s, %s", sample, what).hasMessageMatching("(?s).{10,}");
      return;
    } catch (RuntimeException e) {
      throw new AssertionError(sample + ", " + what + ": came out as " + e, e);
    }
    byte[] again = sample.form().encode(message);
    if (!isOfAnEarlierVersion(sample, bytes)) {
      assertThat(again).as("%s, %s", sample, what).isEqualTo(bytes);
    } else {
      // an earlier version is read, and written as the latest
      assertThat(sample.form().decode(again)).as("%s, %s", sample, what).isEqualTo(message);
    }
  }

  /// The command in a submission has a header of its own.
  private static boolean isOfAnEarlierVersion(Sample sample, byte[] bytes) {
    return bytes[VERSION_AT] < Frame.LATEST_VERSION
        || (sample.form() == WireForm.SUBMISSION
            && bytes[Submission.HEADER_LENGTH + VERSION_AT] < Frame.LATEST_VERSION);
  }
}
