package io.evenkeel.lab.population;

import io.evenkeel.lab.market.Listing;
import io.evenkeel.model.number.Fixed;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.Rulebook;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/// Populations as text: comma-separated, one fact a line, exact. Blank lines and lines that begin
/// with `#` are ignored. The first line is `evenkeel-population,1`; every other begins with what it
/// states:
///
/// ```
/// insurance,ASSET,AMOUNT                             the insurance fund holds this
/// account,ACCOUNT,PARTY,ROLE,MODE,LEVERAGE           role trader, marketMaker or backstop; mode cross or
///                                                    isolated:SYMBOL; leverage a number or none
/// siblings,PARTY                                     the party lets its accounts help one another
/// wallet,PARTY,ASSET,AMOUNT                          outside any margin account
/// margin,ACCOUNT,ASSET,AMOUNT                        posted to the margin account
/// position,ACCOUNT,SYMBOL,QUANTITY,ENTRY_PRICE       quantity in contracts, negative = short
/// order,ACCOUNT,SYMBOL,buy|sell,QUANTITY,LIMIT_PRICE
/// ```
///
/// Ids are whole numbers of the reader's choice. An account's line comes before lines that name it.
/// Several position or order lines of one account in one contract add up, so that a position
/// entered at several prices is exact; its positions must be on one side. There is exactly one
/// backstop and one market maker. In each contract longs equal shorts. A balance cannot be
/// negative.
public final class PopulationFile {
  /// First line of every file.
  static final String FIRST_LINE = "evenkeel-population,1";

  private PopulationFile() {}

  /// Reads a file for a listing.
  ///
  /// @throws PopulationException when the file cannot be used
  public static RecordedPopulation read(Path file, Listing listing, Rulebook rulebook) {
    RecordedAccounts accounts = PopulationReader.read(file, listing);
    return new RecordedPopulation(file.toString(), listing, rulebook, accounts);
  }

  /// Writes a population as it stands. Reading the file gives every account the same money and the
  /// same positions at the same cost; costs that are no whole number of price units times quantity
  /// units (after a partial close) are rounded against the account, by less than one such product.
  ///
  /// @throws IllegalStateException when an account has a debt, which a file cannot state
  /// @throws UncheckedIOException when the file cannot be written
  public static void write(Path file, Population population, AccountView view) {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      new Writing(writer, population, view).run();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static final class Writing {
    private final BufferedWriter writer;
    private final Population population;
    private final Listing listing;
    private final AccountView view;

    Writing(BufferedWriter writer, Population population, AccountView view) {
      this.writer = writer;
      this.population = population;
      this.listing = population.listing();
      this.view = view;
    }

    void run() throws IOException {
      line(FIRST_LINE);
      for (Asset asset : listing.assets()) {
        long amount = view.insuranceMinor(asset.assetId());
        if (amount > 0) {
          line("insurance," + asset.symbol() + "," + plain(amount, asset.scale()));
        }
      }
      account(population.backstopAccountId(), population.housePartyId(), "backstop", -1);
      wallet(population.housePartyId());
      account(
          population.marketMakerAccountId(), population.marketMakerPartyId(), "marketMaker", -1);
      wallet(population.marketMakerPartyId());
      long party = Long.MIN_VALUE;
      for (int trader = 0; trader < population.traderCount(); trader++) {
        int isolated = population.isolatedInstrumentId(trader);
        account(population.accountId(trader), population.partyId(trader), "trader", isolated);
        if (population.partyId(trader) != party) {
          party = population.partyId(trader);
          wallet(party);
          if (population.allowsSiblingTopUp(trader)) {
            line("siblings," + party);
          }
        }
      }
    }

    private void account(long accountId, long partyId, String role, int isolatedId)
        throws IOException {
      String mode = isolatedId < 0 ? "cross" : "isolated:" + listing.contract(isolatedId).symbol();
      int leverageE2 = view.leverageE2(accountId);
      String leverage = leverageE2 == 0 ? "none" : plain(leverageE2, 2);
      line("account," + accountId + "," + partyId + "," + role + "," + mode + "," + leverage);
      for (Asset asset : listing.assets()) {
        long amount = view.marginMinor(accountId, asset.assetId());
        if (amount < 0) {
          throw new IllegalStateException(
              "account %d owes %s; write a population before its replay, not after a debt arose"
                  .formatted(accountId, asset.symbol()));
        }
        if (amount > 0) {
          line("margin," + accountId + "," + asset.symbol() + "," + plain(amount, asset.scale()));
        }
      }
      for (LinearContract contract : listing.contracts()) {
        position(accountId, contract);
        AccountView.OpenOrders orders = view.openOrders(accountId, contract.instrumentId());
        order(accountId, contract, "buy", orders.buyUnits(), orders.buyNotional());
        order(accountId, contract, "sell", orders.sellUnits(), orders.sellNotional());
      }
    }

    private void wallet(long partyId) throws IOException {
      for (Asset asset : listing.assets()) {
        long amount = view.walletMinor(partyId, asset.assetId());
        if (amount > 0) {
          line("wallet," + partyId + "," + asset.symbol() + "," + plain(amount, asset.scale()));
        }
      }
    }

    private void position(long accountId, LinearContract contract) throws IOException {
      long units = view.positionUnits(accountId, contract.instrumentId());
      if (units != 0) {
        long ticksPerUnit =
            contract.tickScale(listing.asset(contract.settlementAssetId()).scale()).ticksPerUnit();
        long cost = Math.ceilDiv(view.costTicks(accountId, contract.instrumentId()), ticksPerUnit);
        String sign = units > 0 ? "" : "-";
        parcels(
            "position," + accountId + "," + contract.symbol() + "," + sign,
            contract,
            Math.abs(units),
            Math.abs(cost));
      }
    }

    private void order(
        long accountId, LinearContract contract, String side, long units, long notional)
        throws IOException {
      if (units > 0) {
        String start = "order," + accountId + "," + contract.symbol() + "," + side + ",";
        parcels(start, contract, units, notional);
      }
    }

    /// A total of `units` at an average price as at most two lines of whole prices. Lots are one
    /// unit in a [Listing].
    private void parcels(String start, LinearContract contract, long units, long total)
        throws IOException {
      long lower = total / units;
      long atHigher = total % units;
      if (units > atHigher) {
        line(
            start
                + quantity(contract, units - atHigher)
                + ","
                + plain(lower, contract.priceScale()));
      }
      if (atHigher > 0) {
        line(start + quantity(contract, atHigher) + "," + plain(lower + 1, contract.priceScale()));
      }
    }

    private static String quantity(LinearContract contract, long units) {
      int scale = contract.quantityScale();
      return scale >= 0
          ? plain(units, scale)
          : Long.toString(Math.multiplyExact(units, Fixed.pow10(-scale)));
    }

    private static String plain(long units, int scale) {
      return BigDecimal.valueOf(units, scale).toPlainString();
    }

    private void line(String text) throws IOException {
      writer.write(text);
      writer.write('\n');
    }
  }

  static String roleName(long role) {
    return role == RecordedAccounts.BACKSTOP
        ? "backstop"
        : role == RecordedAccounts.MARKET_MAKER ? "marketMaker" : "trader";
  }

  /// The role of a name; -1 when there is none of that name.
  static long role(String name) {
    return switch (name) {
      case "trader" -> RecordedAccounts.TRADER;
      case "backstop" -> RecordedAccounts.BACKSTOP;
      case "marketMaker" -> RecordedAccounts.MARKET_MAKER;
      default -> -1;
    };
  }
}
