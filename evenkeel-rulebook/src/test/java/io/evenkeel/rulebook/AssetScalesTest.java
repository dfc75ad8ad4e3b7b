package io.evenkeel.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.model.reference.Asset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetScalesTest {
  @Test
  void shouldKnowTheStandardAssets() {
    assertThat(AssetScales.STANDARD.scaleOf("USDT")).hasValue(6);
    assertThat(AssetScales.STANDARD.scaleOf("BTC")).hasValue(8);
    assertThat(AssetScales.STANDARD.scaleOf("DOGE")).isEmpty();
  }

  @Test
  void shouldTakeTheScalesOfDefinedAssets() {
    Asset gwei = new Asset(0, "GWEI", 9, 1_000_000_000L, 4, 1, 100);

    AssetScales scales = AssetScales.of(List.of(gwei));

    assertThat(scales.scaleOf("GWEI")).hasValue(9);
    assertThat(scales.scaleOf("USDT")).isEmpty();
    assertThat(scales.with("GWEI", 3).scaleOf("GWEI")).hasValue(3);
    assertThat(scales.scaleOf("GWEI")).hasValue(9);
  }

  @Test
  void shouldRefuseAScaleOutOfRange() {
    assertThatThrownBy(() -> AssetScales.STANDARD.with("X", 19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the scale of X must be 0 to 18, not 19");
    assertThatThrownBy(() -> AssetScales.STANDARD.with("X", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
