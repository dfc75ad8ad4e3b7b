package io.evenkeel.conform.vega;

import io.evenkeel.conform.CaseRunner;
import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.engine.margin.factor.IsolatedOrderMargin;
import io.evenkeel.engine.margin.factor.IsolatedOrderMargin.PricedOrder;
import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.TradingPhase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Margin levels of one account in one market, by a live engine.
public final class VegaLevels {
  private static final int ASSET = 0;
  private static final int MARKET = 0;

  /// An isolated account of the second party.
  private static final long ISOLATED = 3;

  private VegaLevels() {}

  /// Adds the families.
  public static void register(Map<String, CaseRunner> families) {
    families.put("vega/margin_levels", VegaLevels::cross);
    families.put("vega/margin_levels_isolated", VegaLevels::isolated);
  }

  private static void cross(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    JsonNode params = it.path("params");
    boolean full = params.path("fully_collateralised").asBoolean(false);
    BigInteger settled = whole(inputs, "position_price");
    boolean auction = inputs.path("auction").asBoolean(false);
    BigInteger mark = full && settled.signum() > 0 ? settled : whole(inputs, "price");
    if (auction && whole(inputs, "open_volume").signum() == 0) {
      // the price an order is weighed at need not be a mark; that is never above the auction price
      mark = mark.min(whole(inputs, "auction_price"));
    }
    VegaScale scale = scaleOf(it);
    LinearContract contract = contract(it, scale);
    CaseVenue venue = venue(it, scale, contract);
    if (mark.signum() > 0) {
      venue.mark(MARKET, scale.units(mark));
    }
    if (auction || mark.signum() == 0) {
      venue.apply(new Command.SetPhase(MARKET, TradingPhase.AUCTION));
    }
    publish(venue, inputs, scale);
    position(venue, CaseVenue.ACCOUNT, inputs, scale, contract, mark);
    venue.apply(
        new Command.SetOrderExposure(
            CaseVenue.ACCOUNT,
            MARKET,
            whole(inputs, "buy_orders").longValueExact(),
            whole(inputs, "sell_orders").longValueExact(),
            scale.units(whole(inputs, "buy_notional")),
            scale.units(whole(inputs, "sell_notional"))));
    Assessment assessment = venue.assess();
    for (Map.Entry<String, JsonNode> level : it.path("expected").properties()) {
      comparison.exact(
          level.getKey(),
          Long.parseLong(level.getValue().asString()),
          switch (level.getKey()) {
            case "maintenance" -> assessment.levels().maintenanceE6();
            case "search" -> assessment.levels().searchE6();
            case "initial" -> assessment.levels().initialE6();
            case "release" -> assessment.levels().releaseE6();
            default -> throw new IllegalArgumentException("no level " + level.getKey());
          });
    }
  }

  private static void isolated(JsonNode it, Comparison comparison) {
    JsonNode inputs = it.path("inputs");
    BigInteger mark = whole(inputs, "price");
    VegaScale scale = scaleOf(it);
    LinearContract contract = contract(it, scale);
    CaseVenue venue = venue(it, scale, contract);
    if (mark.signum() > 0) {
      venue.mark(MARKET, scale.units(mark));
    }
    venue.apply(
        new Command.OpenAccount(
            ISOLATED, CaseVenue.ACCOUNT, 1, AccountMode.ISOLATED, MARKET, AccountRole.TRADER));
    publish(venue, inputs, scale);
    position(venue, ISOLATED, inputs, scale, contract, mark);
    Assessment assessment = venue.view().assess(ISOLATED);
    long least =
        inputs.path("auction_price").isNull()
            ? 0
            : Math.max(scale.units(mark), scale.units(whole(inputs, "auction_price")));
    for (Map.Entry<String, JsonNode> level : it.path("expected").properties()) {
      comparison.exact(
          level.getKey(),
          Long.parseLong(level.getValue().asString()),
          switch (level.getKey()) {
            case "maintenance" -> assessment.levels().maintenanceE6();
            case "initial" -> assessment.levels().initialE6();
            // an account without bands has neither
            case "search", "release" -> 0;
            case "order" ->
                IsolatedOrderMargin.minor(
                    whole(inputs, "open_volume").longValueExact(),
                    orders(inputs.path("buy_orders"), scale),
                    orders(inputs.path("sell_orders"), scale),
                    Decimal.parse(inputs.path("margin_factor").asString()),
                    least,
                    contract.tickScale(VegaScale.ASSET_SCALE));
            default -> throw new IllegalArgumentException("no level " + level.getKey());
          });
    }
  }

  private static List<PricedOrder> orders(JsonNode list, VegaScale scale) {
    List<PricedOrder> orders = new ArrayList<>();
    for (JsonNode each : list) {
      orders.add(
          new PricedOrder(
              scale.units(new BigInteger(each.get(0).asString())),
              new BigInteger(each.get(1).asString()).longValueExact()));
    }
    return orders;
  }

  private static VegaScale scaleOf(JsonNode it) {
    CaseFigures figures = figures(it);
    return VegaScale.fitting(
        figures.highestPrice(),
        figures.sizes(),
        figures.zeros(),
        it.path("params").path("position_decimal_places").asInt());
  }

  private static LinearContract contract(JsonNode it, VegaScale scale) {
    CaseFigures figures = figures(it);
    return scale.contract(
        MARKET,
        "MARKET",
        ASSET,
        ContractKind.PERPETUAL,
        scale.units(figures.highestPrice()),
        figures.sizes().longValueExact());
  }

  private static CaseFigures figures(JsonNode it) {
    JsonNode inputs = it.path("inputs");
    CaseFigures figures = new CaseFigures();
    figures.price(whole(inputs, "price"));
    figures.price(whole(inputs, "auction_price"));
    figures.price(whole(inputs, "position_price"));
    figures.price(whole(it.path("params"), "max_price"));
    figures.size(whole(inputs, "open_volume").abs());
    for (String side : List.of("buy", "sell")) {
      JsonNode orders = inputs.path(side + "_orders");
      if (orders.isArray()) {
        for (JsonNode each : orders) {
          figures.price(new BigInteger(each.get(0).asString()));
          figures.size(new BigInteger(each.get(1).asString()));
        }
      } else {
        BigInteger size = whole(inputs, side + "_orders");
        figures.size(size);
        figures.notional(whole(inputs, side + "_notional"), size);
      }
    }
    return figures;
  }

  private static CaseVenue venue(JsonNode it, VegaScale scale, LinearContract contract) {
    JsonNode params = it.path("params");
    String asset = params.path("asset").asString();
    BigInteger cap = whole(params, "max_price");
    return new CaseVenue(0)
        .asset(new Asset(ASSET, asset, VegaScale.ASSET_SCALE, VegaScale.MOST_MINOR, 0, 1, 1))
        .instrument(contract)
        .rulebook(VegaRulebook.of(1, asset, params, scale.price(cap)));
  }

  private static void publish(CaseVenue venue, JsonNode inputs, VegaScale scale) {
    List<FactorValue> factors = new ArrayList<>();
    if (!inputs.path("auction_price").isNull()) {
      Decimal price = scale.price(whole(inputs, "auction_price"));
      factors.add(new FactorValue(FactorKind.AUCTION_PRICE, MARKET, 0, price));
    }
    factors.add(
        new FactorValue(
            FactorKind.FUNDING_INCREMENT,
            MARKET,
            0,
            ofMinor(inputs.path("funding_increment").asString())));
    venue.factors(factors);
  }

  /// Whole units of the settlement asset of an amount in minor units.
  static Decimal ofMinor(String amountMinor) {
    return Decimal.parse(
        new BigDecimal(amountMinor)
            .movePointLeft(VegaScale.ASSET_SCALE)
            .stripTrailingZeros()
            .toPlainString());
  }

  /// A position with nothing unsettled.
  private static void position(
      CaseVenue venue,
      long account,
      JsonNode inputs,
      VegaScale scale,
      LinearContract contract,
      BigInteger mark) {
    long held = whole(inputs, "open_volume").longValueExact();
    if (held == 0) {
      return;
    }
    long size = Math.abs(held);
    long cost = size * scale.units(mark) * contract.tickScale(VegaScale.ASSET_SCALE).ticksPerUnit();
    venue.apply(
        held > 0
            ? new Command.ImportPosition(MARKET, account, CaseVenue.OTHER_SIDE, size, cost)
            : new Command.ImportPosition(MARKET, CaseVenue.OTHER_SIDE, account, size, cost));
  }

  /// A whole number, 0 where there is none.
  static BigInteger whole(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull()
        ? BigInteger.ZERO
        : new BigInteger(value.asString());
  }
}
