package io.evenkeel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.gateway.TestVenue.Got;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about what would be if, asked over HTTP.
final class WhatIfTest {
  private static final Schemas SCHEMAS = new Schemas();
  private static final String PATH = "/v1/accounts/%d/what-if";
  @TempDir private static Path folder;
  private static TestVenue venue;

  @BeforeAll
  static void start() {
    venue = new TestVenue(folder);
    venue.define();
    venue.trader(7, "20000");
    venue.trader(8, "50000");
    venue.fill(7, 8, "1", "50000");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static Got ask(long account, String body) {
    Got got = venue.post(PATH.formatted(account), body);
    assertThat(
            SCHEMAS.breaches(
                "POST", "/v1/accounts/{id}/what-if", got.status(), got.response().body()))
        .as("%s", got.json())
        .isEmpty();
    return got;
  }

  @Test
  void shouldShowTheAccountAfterEachStep() {
    Got got =
        ask(
            7,
            """
            {"actions": [
              {"type": "price", "instrument": "BTCUSDT", "price": "49000"},
              {"type": "transfer", "asset": "USDT", "amount": "-500"},
              {"type": "trade", "instrument": "BTCUSDT", "quantity": "-1", "price": "49000"}]}\
            """);

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.text("/before/equity")).as("what release left").isEqualTo("500.000000");
    assertThat(got.text("/after/0/equity")).isEqualTo("-500.000000");
    assertThat(got.text("/after/1/equity")).isEqualTo("-1000.000000");
    assertThat(got.text("/after/2/equity")).isEqualTo("-1000.000000");
    assertThat(got.text("/after/0/maintenanceMargin")).isEqualTo("245.000000");
    assertThat(got.text("/after/2/maintenanceMargin")).isEqualTo("0.000000");
    assertThat(ask(7, "{\"actions\": []}").text("/before/equity")).isEqualTo("500.000000");
    assertThat(venue.get("/v1/parties/7").text("/wallet/USDT")).isEqualTo("19500.000000");
  }

  @Test
  void shouldFindLiquidationPrices() {
    Got got = ask(7, "{\"actions\": [], \"liquidationPrices\": true}");

    assertThat(got.status()).isEqualTo(200);
    double down = Double.parseDouble(got.text("/liquidationPrices/0/down"));
    assertThat(down)
        .as("500 less the fall of one coin is half a percent of its price, at a price of tenths")
        .isCloseTo(49_500 / 0.995 / 50_000, within(0.1 / 50_000));
  }

  @Test
  void shouldRefuseWhatCannotBeSupposed() {
    Got price =
        ask(
            7,
            """
            {"actions": [
              {"type": "trade", "instrument": "BTCUSDT", "quantity": "1", "price": "9999999"}]}\
            """);
    assertThat(price.status()).isEqualTo(400);
    assertThat(price.text("/reason")).isEqualTo("CANNOT_BE_SUPPOSED");
    assertThat(ask(99, "{\"actions\": []}").status()).isEqualTo(404);
    Got unknown = ask(7, "{\"actions\": [{\"type\": \"pray\"}]}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail")).contains("/actions/0");
  }
}
