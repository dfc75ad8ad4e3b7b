package io.evenkeel.engine;

import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.rulebook.CollateralTerms;
import io.evenkeel.model.rulebook.ModelParameters;
import io.evenkeel.model.rulebook.OpenInterestRates;
import io.evenkeel.model.rulebook.SizeScaledRates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Sections 2.O and 2.Z of `docs/RULES.md`, written down once more in plain decimals, with nothing
/// resolved beforehand and nothing shared with the models.
final class NaiveLinearMargin {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Book book;
  private final ModelParameters parameters;
  private final List<CollateralTerms> schedule;
  private final int account;

  NaiveLinearMargin(
      Book book, ModelParameters parameters, List<CollateralTerms> schedule, int account) {
    this.book = book;
    this.parameters = parameters;
    this.schedule = schedule;
    this.account = account;
  }

  /// Equity, initial equity, maintenance margin, initial margin in millionths.
  List<BigDecimal> figures() {
    BigDecimal equity = BigDecimal.ZERO;
    BigDecimal initialEquity = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    for (int asset = 0; asset < book.assets.size(); asset++) {
      BigDecimal balance = big(book.ledger.marginBalance(account, asset));
      equity = equity.add(kept(asset, balance, counted(asset, balance, true)));
      initialEquity = initialEquity.add(kept(asset, balance, counted(asset, balance, false)));
      if (balance.signum() > 0) {
        held = held.add(counted(asset, balance, true));
      }
    }
    BigDecimal profitMinor = BigDecimal.ZERO;
    BigDecimal funding = BigDecimal.ZERO;
    BigDecimal maintenance = BigDecimal.ZERO;
    BigDecimal initial = BigDecimal.ZERO;
    BigDecimal flagged = BigDecimal.ZERO;
    boolean any = false;
    Positions rows = book.positions;
    int usd = book.assets.findSymbol("USD");
    for (int row = rows.first(account); row != Positions.NONE; row = rows.next(row)) {
      int instrument = rows.instrument(row);
      BigDecimal mark = big(book.instruments.mark(instrument));
      BigDecimal quantity = big(rows.quantity(row));
      BigDecimal cost =
          big(rows.cost(row))
              .divide(big(book.instruments.ticksPerMinor(instrument)), 0, RoundingMode.CEILING);
      profitMinor = profitMinor.add(minor(instrument, quantity.multiply(mark))).subtract(cost);
      funding = funding.add(fundingE12(instrument, quantity));
      BigDecimal notional =
          value(usd, minor(instrument, quantity.abs().multiply(mark)), RoundingMode.FLOOR);
      maintenance = maintenance.add(maintenance(instrument, quantity.abs(), notional));
      initial = initial.add(initial(row, instrument, mark, quantity));
      any |= quantity.signum() != 0;
      if (parameters instanceof SizeScaledRates sizes) {
        flagged =
            flagged.add(floor(notional.multiply(exact(sizes.marketOf(symbol(instrument)).flagRate()))));
      }
    }
    BigDecimal profit =
        value(usd, profitMinor, RoundingMode.FLOOR).add(floor(funding.divide(MILLION)));
    BigDecimal reward =
        any && parameters instanceof SizeScaledRates sizes
            ? reward(sizes.reward(), flagged, held)
            : BigDecimal.ZERO;
    return List.of(
        equity.add(profit),
        initialEquity.add(profit),
        maintenance.add(reward),
        initial.add(reward));
  }

  private BigDecimal counted(int asset, BigDecimal balance, boolean maintenance) {
    Asset it = book.assets.at(asset);
    for (CollateralTerms terms : schedule) {
      if (terms.asset().equals(it.symbol())) {
        if (balance.signum() < 0) {
          return floor(
              value(asset, balance, RoundingMode.FLOOR).multiply(exact(terms.debtWeight())));
        }
        Decimal weight = maintenance ? terms.maintenanceWeight() : terms.initialWeight();
        BigDecimal most = balance.min(big(terms.capMinor()));
        return floor(value(asset, most, RoundingMode.FLOOR).multiply(exact(weight)));
      }
    }
    throw new IllegalStateException(it.symbol());
  }

  private BigDecimal kept(int asset, BigDecimal balance, BigDecimal counted) {
    if (!(parameters instanceof SizeScaledRates sizes) || balance.signum() <= 0) {
      return counted;
    }
    SizeScaledRates.Discount discount = sizes.discounts().get(book.assets.at(asset).symbol());
    if (discount == null) {
      return counted;
    }
    BigDecimal scale =
        floor(exact(discount.skewScale()).movePointRight(book.assets.at(asset).scale()))
            .max(BigDecimal.ONE);
    BigDecimal share =
        balance.multiply(exact(discount.scalar())).divide(scale, 12, RoundingMode.CEILING);
    share = share.max(exact(discount.lowest())).min(exact(discount.highest()));
    return floor(counted.multiply(BigDecimal.ONE.subtract(share)));
  }

  private BigDecimal fundingE12(int instrument, BigDecimal quantity) {
    Decimal due = book.factors.ofInstrument(FactorKind.FUNDING_INCREMENT, instrument);
    if (due == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal perUnit =
        exact(due)
            .movePointLeft(contract(instrument).quantityScale())
            .setScale(24, RoundingMode.FLOOR);
    return floor(perUnit.negate().multiply(quantity).movePointRight(12));
  }

  private BigDecimal maintenance(int instrument, BigDecimal size, BigDecimal notional) {
    if (parameters instanceof OpenInterestRates rates) {
      OpenInterestRates.Tier tier = rates.tierOf(symbol(instrument));
      return ceil(
          ceil(notional.multiply(exact(tier.initialRate())))
              .multiply(exact(tier.maintenanceShare())));
    }
    SizeScaledRates.Market market = ((SizeScaledRates) parameters).marketOf(symbol(instrument));
    return size.signum() == 0
        ? BigDecimal.ZERO
        : ceil(
                ceil(notional.multiply(sizeRate(instrument, market, size)))
                    .multiply(exact(market.maintenanceScalar())))
            .add(big(market.flatE6()));
  }

  private BigDecimal initial(int row, int instrument, BigDecimal mark, BigDecimal quantity) {
    Positions rows = book.positions;
    BigDecimal buy = big(rows.buyUnits(row));
    BigDecimal sell = big(rows.sellUnits(row));
    BigDecimal buyNotional = big(rows.buyNotional(row));
    BigDecimal sellNotional = big(rows.sellNotional(row));
    BigDecimal position = quantity.multiply(mark);
    BigDecimal worst = position.abs();
    BigDecimal size = quantity.abs();
    BigDecimal loss = BigDecimal.ZERO;
    if (buy.signum() + sell.signum() > 0) {
      worst =
          worst
              .max(position.add(buy.multiply(mark).max(buyNotional)))
              .max(sell.multiply(mark).max(sellNotional).subtract(position));
      size = size.max(quantity.add(buy)).max(sell.subtract(quantity));
      loss =
          buyNotional
              .subtract(buy.multiply(mark))
              .max(BigDecimal.ZERO)
              .add(sell.multiply(mark).subtract(sellNotional).max(BigDecimal.ZERO));
    }
    int usd = book.assets.findSymbol("USD");
    BigDecimal notional = value(usd, minor(instrument, worst), RoundingMode.FLOOR);
    BigDecimal byRate;
    if (parameters instanceof OpenInterestRates rates) {
      byRate = ceil(notional.multiply(raised(rates.tierOf(symbol(instrument)), instrument)));
    } else {
      SizeScaledRates.Market market = ((SizeScaledRates) parameters).marketOf(symbol(instrument));
      byRate =
          ceil(notional.multiply(sizeRate(instrument, market, size))).add(big(market.flatE6()));
    }
    int leverage = book.accounts.leverageE2(account);
    if (leverage > 0) {
      byRate =
          byRate.max(
              notional
                  .multiply(BigDecimal.valueOf(100))
                  .divide(big(leverage), 0, RoundingMode.CEILING));
    }
    BigDecimal lossMinor = ceil(exactMinor(instrument, loss));
    return byRate.add(value(usd, lossMinor, RoundingMode.CEILING));
  }

  private BigDecimal raised(OpenInterestRates.Tier tier, int instrument) {
    BigDecimal base = exact(tier.initialRate());
    if (tier.upperCapE6() == 0) {
      return base;
    }
    Decimal published = book.factors.ofInstrument(FactorKind.OPEN_INTEREST, instrument);
    BigDecimal units =
        published == null
            ? big(book.instruments.openInterestUnits(instrument))
            : exact(published).movePointRight(contract(instrument).quantityScale());
    BigDecimal mark = big(book.instruments.mark(instrument));
    BigDecimal open =
        value(
            book.assets.findSymbol("USD"),
            minor(instrument, units.multiply(mark)),
            RoundingMode.FLOOR);
    BigDecimal lower = big(tier.lowerCapE6());
    BigDecimal upper = big(tier.upperCapE6());
    if (open.compareTo(upper) >= 0) {
      return BigDecimal.ONE;
    }
    if (open.compareTo(lower) <= 0) {
      return base;
    }
    return base.add(
        open.subtract(lower)
            .multiply(BigDecimal.ONE.subtract(base))
            .divide(upper.subtract(lower), 6, RoundingMode.FLOOR));
  }

  private BigDecimal sizeRate(int instrument, SizeScaledRates.Market market, BigDecimal size) {
    BigDecimal scale =
        floor(exact(market.skewScale()).movePointRight(contract(instrument).quantityScale()))
            .max(BigDecimal.ONE);
    return exact(market.minimumRate())
        .add(size.multiply(exact(market.fraction())).divide(scale, 12, RoundingMode.CEILING))
        .min(BigDecimal.valueOf(100));
  }

  private static BigDecimal reward(
      SizeScaledRates.Reward reward, BigDecimal flagged, BigDecimal held) {
    BigDecimal cost = big(reward.executionCostE6());
    BigDecimal flag = flagged.max(floor(held.multiply(exact(reward.collateralShare()))));
    BigDecimal least =
        cost.add(big(reward.minimumE6()).max(floor(cost.multiply(exact(reward.minimumProfit())))));
    return least
        .max(flag.add(cost))
        .min(big(reward.maximumE6()))
        .min(floor(held.multiply(exact(reward.maximumShare()))));
  }

  private BigDecimal minor(int instrument, BigDecimal units) {
    return exactMinor(instrument, units).setScale(0, RoundingMode.DOWN);
  }

  private BigDecimal exactMinor(int instrument, BigDecimal units) {
    LinearContract it = contract(instrument);
    return units
        .multiply(big(it.contractSize()))
        .movePointRight(6 - it.priceScale() - it.quantityScale());
  }

  private BigDecimal value(int asset, BigDecimal minor, RoundingMode rounding) {
    Asset it = book.assets.at(asset);
    return minor
        .multiply(big(book.assets.price(asset)))
        .divide(
            new BigDecimal(BigInteger.TEN.pow(it.scale() + it.priceScale() - 6)), 0, rounding);
  }

  private LinearContract contract(int instrument) {
    return book.instruments.at(instrument);
  }

  private String symbol(int instrument) {
    return contract(instrument).symbol();
  }

  private static BigDecimal exact(Decimal value) {
    return BigDecimal.valueOf(value.units(), value.scale());
  }

  private static BigDecimal big(long value) {
    return BigDecimal.valueOf(value);
  }

  private static BigDecimal floor(BigDecimal value) {
    return value.setScale(0, RoundingMode.FLOOR);
  }

  private static BigDecimal ceil(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING);
  }
}
