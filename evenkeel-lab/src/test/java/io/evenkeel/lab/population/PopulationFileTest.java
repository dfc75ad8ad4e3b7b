package io.evenkeel.lab.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.lab.market.SyntheticMarket;
import io.evenkeel.model.rulebook.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PopulationFileTest {
  private static final Rulebook RULEBOOK = TestRulebook.crossMargin(1);
  private static final long START_NS = SyntheticMarket.Plan.STANDARD_START_NS;

  /// BTCUSDT is marked at 112400.0, ETHUSDT at 4123.50.
  private static final String SMALL =
      """
      # two traders who entered at different prices, and the house
      evenkeel-population,1
      insurance,USDT,5000
      account,1,1,backstop,cross,none
      margin,1,USDT,100000
      account,2,2,marketMaker,cross,none
      wallet,2,USDT,50000.000001

      account,700,70,trader,cross,2.5
      account,703,70,trader,isolated:ETHUSDT,none
      account,900,90,trader,cross,none
      siblings,70
      wallet,70,BTC,0.25
      margin,700,USDT,3000
      margin,700,USDC,40000
      margin,703,USDT,300
      margin,900,USDT,21000
      position,700,BTCUSDT,0.3,150000.5
      position,700,BTCUSDT,0.2,90000
      position,900,BTCUSDT,-0.50000,99000.1
      position,703,ETHUSDT,-1.5,4100
      position,2,ETHUSDT,1.5,4090
      order,900,ETHUSDT,buy,0.1,4000
      order,900,ETHUSDT,buy,0.2,4050.5
      order,900,ETHUSDT,sell,0.25,4200
      """;

  @TempDir private Path folder;

  @Test
  void shouldSetUpExactlyWhatTheFileSays() throws IOException {
    RecordedPopulation population = read(SMALL);
    SketchVenue venue = new SketchVenue();
    SetUpReport report = population.setUp(START_NS, venue);
    assertThat(report.refusals()).isEmpty();
    assertThat(population.traderCount()).isEqualTo(3);
    assertThat(population.partyId(1)).isEqualTo(70);
    assertThat(population.isolatedInstrumentId(1)).isEqualTo(instrument("ETHUSDT"));
    assertThat(population.traderOf(900)).isEqualTo(2);
    assertThat(population.traderOf(1)).isEqualTo(-1);
    assertThat(population.allowsSiblingTopUp(0)).isTrue();
    assertThat(population.allowsSiblingTopUp(2)).isFalse();
    // five decimals of a bitcoin: 0.3 at 150000.5 and 0.2 at 90000 in ticks of a millionth
    assertThat(venue.positionUnits(700, instrument("BTCUSDT"))).isEqualTo(50_000);
    assertThat(venue.costTicks(700, instrument("BTCUSDT")))
        .isEqualTo(45_000_150_000L + 18_000_000_000L);
    assertThat(venue.positionUnits(900, instrument("BTCUSDT"))).isEqualTo(-50_000);
    assertThat(venue.costTicks(900, instrument("BTCUSDT"))).isEqualTo(-49_500_050_000L);
    assertThat(venue.leverageE2(700)).isEqualTo(250);
    assertThat(venue.openOrders(900, instrument("ETHUSDT")))
        .isEqualTo(
            new AccountView.OpenOrders(
                3_000, 2_500, 1_000 * 400_000L + 2_000 * 405_050L, 2_500 * 420_000L));
    assertThat(venue.marginMinor(700, 0)).isEqualTo(3_000_000_000L);
    assertThat(venue.marginMinor(900, 0)).isEqualTo(21_000_000_000L);
    assertThat(venue.walletMinor(2, 0)).isEqualTo(50_000_000_001L);
    assertThat(venue.walletMinor(70, 2)).isEqualTo(25_000_000);
    assertThat(venue.insuranceMinor(0)).isEqualTo(5_000_000_000L);
  }

  @Test
  void shouldLeaveNothingOfTheDeskBehind() throws IOException {
    SketchVenue venue = new SketchVenue();
    read(SMALL).setUp(START_NS, venue);
    SketchBooks.Account desk = venue.account(901);
    assertThat(desk.closed).isTrue();
    assertThat(desk.margin).containsOnly(0);
    assertThat(venue.wallet(91)).containsOnly(0);
    // what it gained or lost by the entries is in clearing, minor units of USDT
    long outside = venue.deposited[0];
    long held = 5_000_000_000L + 100_000_000_000L + 50_000_000_001L + 24_300_000_000L;
    assertThat(outside).isEqualTo(held + venue.clearing[0] + venue.clearing[2]);
    assertThat(venue.clearing[0]).isEqualTo(-(45_000_150_000L + 18_000_000_000L - 49_500_050_000L));
  }

  @Test
  void shouldPutTheRulebookInForceAsItsNextVersion() throws IOException {
    SketchVenue venue = new SketchVenue();
    read(SMALL).setUp(START_NS, venue);
    assertThat(venue.rulebooksDefined).isEqualTo(2);
    assertThat(venue.rulebook.version()).isEqualTo(2);
    assertThat(venue.rulebook.triggers()).isEqualTo(RULEBOOK.triggers());
    assertThat(venue.rulebook.venue()).isEqualTo(RULEBOOK.venue());
    SketchVenue later = new SketchVenue();
    Rulebook seventh = TestRulebook.crossMargin(7);
    PopulationFile.read(file(SMALL), listing(), seventh).setUp(START_NS, later);
    assertThat(later.rulebook).isEqualTo(seventh);
  }

  @Test
  void shouldLoadAccountsThatAreInTrouble() throws IOException {
    String thin = SMALL.replace("margin,900,USDT,21000", "margin,900,USDT,6900");
    SketchVenue venue = new SketchVenue();
    assertThat(read(thin).setUp(START_NS, venue).refusals()).isEmpty();
    assertThat(venue.equityE6(900)).isLessThan(venue.initialE6(900));
  }

  @Test
  void shouldCountAndNameWhatTheEngineRefuses() throws IOException {
    String broke = SMALL.replace("margin,900,USDT,21000", "margin,900,USDT,2000");
    SetUpReport report = read(broke).setUp(START_NS, new SketchVenue());
    assertThat(report.refused()).isPositive();
    assertThat(report.refusals().getFirst())
        .contains("population.csv:20: INSUFFICIENT_MARGIN answered Fill[");
    String wild = SMALL.replace("trader,cross,2.5", "trader,cross,1");
    SetUpReport outgrown = read(wild).setUp(START_NS, new SketchVenue());
    assertThat(outgrown.refused()).isEqualTo(1);
    assertThat(outgrown.refusals().getFirst())
        .contains("population.csv:9: INSUFFICIENT_MARGIN answered SetLeverage[");
  }

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    SyntheticPopulation synthetic =
        new SyntheticPopulation(PopulationParameters.standard(4, 400), listing(), RULEBOOK);
    SketchVenue before = new SketchVenue();
    synthetic.setUp(START_NS, before);
    Path written = folder.resolve("written.csv");
    PopulationFile.write(written, synthetic, before);
    RecordedPopulation recorded = PopulationFile.read(written, listing(), RULEBOOK);
    SketchVenue after = new SketchVenue();
    assertThat(recorded.setUp(START_NS, after).refusals()).isEmpty();
    assertSameBooks(before, after);
    Path again = folder.resolve("again.csv");
    PopulationFile.write(again, recorded, after);
    assertThat(Files.readAllLines(again)).isEqualTo(Files.readAllLines(written));
    assertThat(recorded.describe()).contains("400 trader accounts", "BTCUSDT: longs and shorts of");
  }

  private static void assertSameBooks(SketchVenue before, SketchVenue after) {
    before.accounts.forEach((accountId, account) -> {
      SketchBooks.Account other = after.account(accountId);
      assertThat(other.margin).as("margin of %d", accountId).isEqualTo(account.margin);
      assertThat(other.leverageE2).isEqualTo(account.leverageE2);
      assertThat(other.isolatedInstrumentId).isEqualTo(account.isolatedInstrumentId);
      for (int instrumentId = 0; instrumentId < 6; instrumentId++) {
        assertThat(after.positionUnits(accountId, instrumentId))
            .isEqualTo(before.positionUnits(accountId, instrumentId));
        assertThat(after.costTicks(accountId, instrumentId))
            .as("cost of %d in %d", accountId, instrumentId)
            .isEqualTo(before.costTicks(accountId, instrumentId));
        assertThat(after.openOrders(accountId, instrumentId))
            .isEqualTo(before.openOrders(accountId, instrumentId));
      }
    });
    before.wallets.forEach((partyId, wallet) ->
        assertThat(after.wallet(partyId)).as("wallet of %d", partyId).isEqualTo(wallet));
    assertThat(after.insurance).isEqualTo(before.insurance);
  }

  @Test
  void shouldNotWriteDebts() throws IOException {
    RecordedPopulation population = read(SMALL);
    SketchVenue venue = new SketchVenue();
    population.setUp(START_NS, venue);
    venue.account(700).margin[0] = -1;
    assertThatThrownBy(() -> PopulationFile.write(folder.resolve("x.csv"), population, venue))
        .hasMessageContaining("account 700 owes USDT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "evenkeel-population,1 | evenkeel-population,2 | 2 | write evenkeel-population,1",
        "siblings,70 | sibling,70 | 12 | 'sibling' is not something a line can state",
        "wallet,70,BTC,0.25 | wallet,70,BTC | 13 | the line has 3 fields, not 4; write wallet,",
        "wallet,70,BTC,0.25 | wallet,71,BTC,1 | 13 | there is no party 71 yet",
        "wallet,70,BTC,0.25 | wallet,70,XMR,1 | 13 | 'XMR' is not an asset of this replay",
        "wallet,70,BTC,0.25 | wallet,70,BTC,a | 13 | 'a' is not a number",
        "wallet,70,BTC,0.25 | wallet,70,BTC,-1 | 13 | is negative; a file cannot state a debt",
        "wallet,70,BTC,0.25 | wallet,70,BTC,0.000000001 | 13 | too many decimals; BTC has 8",
        "wallet,70,BTC,0.25 | wallet,70,BTC,999999999999 | 13 | is too large",
        "margin,900,USDT,21000 | margin,901,USDT,1 | 17 | there is no account 901 yet",
        "margin,900,USDT,21000 | margin,x,USDT,1 | 17 | 'x' is not an id",
        "account,703,70,trader,isolated:ETHUSDT,none | account,703,70,boss,cross,none | 10 | 'boss' is not a role",
        "account,703,70,trader,isolated:ETHUSDT,none | account,700,70,trader,cross,none | 10 | account 700 is on an earlier line",
        "account,703,70,trader,isolated:ETHUSDT,none | account,703,70,trader,isolated:XY,none | 10 | 'XY' is not a contract",
        "account,703,70,trader,isolated:ETHUSDT,none | account,703,70,trader,isolated,none | 10 | is not a mode",
        "account,2,2,marketMaker,cross,none | account,2,2,marketMaker,isolated:ETHUSDT,none | 6 | not a mode of a marketMaker",
        "trader,cross,2.5 | trader,cross,0.5 | 9 | leverage 0.5 is out of range",
        "trader,cross,2.5 | trader,cross,1000.01 | 9 | leverage 1000.01 is out of range",
        "position,703,ETHUSDT,-1.5,4100 | position,703,BTCUSDT,-1.5,4100 | 21 | isolated to ETHUSDT",
        "position,703,ETHUSDT,-1.5,4100 | position,703,ETHUSDT,0,4100 | 21 | quantity is zero",
        "position,703,ETHUSDT,-1.5,4100 | position,703,ETHUSDT,-1.50001,4100 | 21 | too many decimals",
        "position,703,ETHUSDT,-1.5,4100 | position,703,ETHUSDT,-1.5,4100.001 | 21 | prices of ETHUSDT have 2 decimals",
        "position,703,ETHUSDT,-1.5,4100 | position,703,ETHUSDT,-1.5,0 | 21 | must be above 0 and at most",
        "position,703,ETHUSDT,-1.5,4100 | position,703,ETHUSDT,-99999999999,4100 | 21 | above the largest position",
        "position,700,BTCUSDT,0.2,90000 | position,700,BTCUSDT,-0.2,90000 | 19 | long and short in BTCUSDT",
        "position,2,ETHUSDT,1.5,4090 | # | 0 | in ETHUSDT shorts exceed longs by 1500",
        "account,1,1,backstop,cross,none | account,1,1,trader,cross,none | 0 | has 0 accounts with the role backstop",
        "account,1,1,backstop,cross,none | account,1,1,marketMaker,cross,none | 0 | has 0 accounts with the role backstop",
        "order,900,ETHUSDT,sell,0.25,4200 | order,900,ETHUSDT,short,0.25,4200 | 25 | 'short' is not a side",
        "order,900,ETHUSDT,sell,0.25,4200 | order,900,ETHUSDT,sell,-1,4200 | 25 | must be positive",
      })
  void shouldNameFileLineAndRemedy(String before, String after, int line, String words)
      throws IOException {
    assertThat(SMALL).contains(before);
    Path file = file(SMALL.replace(before, after));
    PopulationException thrown =
        catchThrowableOfType(
            PopulationException.class, () -> PopulationFile.read(file, listing(), RULEBOOK));
    assertThat(thrown).as("%s should be refused", after).isNotNull();
    assertThat(thrown.line()).isEqualTo(line);
    assertThat(thrown)
        .hasMessageContaining(file + (line > 0 ? ":" + line + ": " : ": "))
        .hasMessageContaining(words)
        .hasMessageEndingWith("; " + thrown.remedy());
  }

  @Test
  void shouldAcceptTheExampleOfTheDocumentation() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs").resolve("TAPES.md"))) {
      root = Objects.requireNonNull(root.getParent(), "docs not found above the tests");
    }
    String page = Files.readString(root.resolve("docs").resolve("TAPES.md"));
    int start = page.indexOf("```\nevenkeel-population,1\n") + 4;
    assertThat(start).isGreaterThan(4);
    String example = page.substring(start, page.indexOf("```", start));
    SketchVenue venue = new SketchVenue();
    assertThat(read(example).setUp(START_NS, venue).refusals()).isEmpty();
    assertThat(venue.positionUnits(700, instrument("BTCUSDT"))).isEqualTo(50_000);
  }

  @Test
  void shouldRefuseWhatIsNotAFile() throws IOException {
    assertThatThrownBy(() -> PopulationFile.read(folder, listing(), RULEBOOK))
        .isInstanceOf(PopulationException.class)
        .hasMessageContaining("is not a file");
    assertThatThrownBy(() -> read("# nothing\n"))
        .isInstanceOf(PopulationException.class)
        .hasMessageContaining("states no account");
  }

  private RecordedPopulation read(String text) throws IOException {
    return PopulationFile.read(file(text), listing(), RULEBOOK);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("population.csv"), text);
  }

  private static int instrument(String symbol) {
    return listing().instrumentId(symbol);
  }

  private static Listing listing() {
    SyntheticMarket market = new SyntheticMarket(SyntheticMarket.Plan.standard(1, 10));
    return Listing.of(List.copyOf(market.symbols()), RULEBOOK);
  }
}
