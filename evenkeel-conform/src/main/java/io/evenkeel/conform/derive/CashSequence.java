package io.evenkeel.conform.derive;

import io.evenkeel.conform.CaseVenue;
import io.evenkeel.conform.Comparison;
import io.evenkeel.conform.QuietRulebook;
import io.evenkeel.conform.UnsupportedCase;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.CollateralisedDebt;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One sequence of cash movements with interest between them, in a live engine. The security module
/// is the backstop account. Cash that is printed or burnt by a settlement is what a contract's
/// clearing account pays to or takes from an account that closes while its counterparties stay.
final class CashSequence {
  private static final BigDecimal RELATIVE = new BigDecimal("1.7e-9");
  private static final int DECIMALS = 10;
  private static final BigDecimal ONE_UNIT = BigDecimal.ONE.movePointLeft(DECIMALS);
  private static final long MOST_MINOR = 1_000_000_000_000_000_000L;
  private static final long MOST_SETTLED_MINOR = 10_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int CASH = 1;
  private static final int CONTRACT = 1;
  private static final String SECURITY_MODULE = "SecurityModule";

  private final JsonNode sequence;
  private final CaseVenue venue = new CaseVenue(0);
  private final Map<String, Long> accounts = new LinkedHashMap<>();
  private final long firstCounterparty;
  private long nowNs;

  CashSequence(JsonNode conformanceCase) {
    sequence = conformanceCase;
    venue.asset(new Asset(CASH, "CASH", DECIMALS, MOST_MINOR, 0, 1, 1));
    venue.instrument(
        new LinearContract(
            CONTRACT,
            "CONTRACT",
            ContractKind.PERPETUAL,
            CASH,
            Variation.UNREALISED_UNTIL_CLOSED,
            1,
            DECIMALS,
            0,
            1,
            MOST_SETTLED_MINOR,
            100,
            100));
    venue.rulebook(
        QuietRulebook.lending(
            QuietRulebook.of(
                "derive-case",
                List.of(QuietRulebook.fullValue("CASH")),
                new CollateralisedDebt(
                    CollateralisedDebt.PER_ASSET,
                    CollateralisedDebt.NONE,
                    Map.of(),
                    QuietRulebook.MARKET)),
            List.of(DeriveCash.terms(sequence.get("parameters"), "CASH"))));
    accounts.put(SECURITY_MODULE, CaseVenue.OTHER_SIDE);
    long next = CaseVenue.ACCOUNT + 1;
    for (Map.Entry<String, JsonNode> holder : sequence.get("starting_balances").properties()) {
      if (!accounts.containsKey(holder.getKey())) {
        venue.account(next);
        accounts.put(holder.getKey(), next++);
      }
    }
    firstCounterparty = next;
    venue.account(firstCounterparty).account(firstCounterparty + 1);
  }

  void run(Comparison comparison) {
    for (boolean debts : new boolean[] {false, true}) {
      for (Map.Entry<String, JsonNode> holder : sequence.get("starting_balances").properties()) {
        long amount = minor(holder.getValue());
        if (amount < 0 == debts) {
          move(holder.getKey(), amount);
        }
      }
    }
    for (JsonNode step : sequence.get("steps")) {
      nowNs += step.get("elapsed_sec").asLong() * SECOND_NS;
      venue.at(nowNs).apply(new Command.AccrueInterest(CASH));
      if (!happens(step)) {
        if (step.get("asserted_by_source").booleanValue()) {
          throw new UnsupportedCase("step " + step.get("step") + " exhausts the security module");
        }
        comparison.leaveOut(step.get("expected")); // the source runs it and asserts nothing of it
        return;
      }
      compare(step, comparison);
    }
  }

  /// Does what the step says; false when the engine has no way to.
  private boolean happens(JsonNode step) {
    String account = step.get("account_a").asString();
    long amount = minor(step.get("amount"));
    switch (step.get("event").asString()) {
      case "START" -> {}
      case "TRADE" -> {
        move(account, amount);
        move(step.get("account_b").asString(), -amount);
      }
      case "BORROW", "DEPOSIT" -> move(account, amount);
      case "SETTLEMENT" -> settle(account, amount);
      case "INSOLVENCY" -> {
        if (amount > venue.view().marginMinor(CaseVenue.OTHER_SIDE, CASH)) {
          return false;
        }
        move(SECURITY_MODULE, -amount);
        move(account, amount);
      }
      default -> throw new UnsupportedCase("event " + step.get("event"));
    }
    return true;
  }

  private void move(String account, long amountMinor) {
    if (amountMinor != 0) {
      venue.balance(id(account), CASH, amountMinor);
    }
  }

  private long id(String account) {
    Long id = accounts.get(account);
    if (id == null) {
      throw new UnsupportedCase("account " + account + " has no starting balance");
    }
    return id;
  }

  /// The account buys one contract for nothing and sells it for the amount, each time to another.
  private void settle(String account, long amountMinor) {
    venue.apply(new Command.ImportPosition(CONTRACT, id(account), firstCounterparty, 1, 0));
    venue.apply(
        new Command.ImportPosition(CONTRACT, firstCounterparty + 1, id(account), 1, amountMinor));
  }

  private void compare(JsonNode step, Comparison comparison) {
    if (!step.get("reference").get("reproduced").booleanValue()) {
      comparison.leaveOut(step.get("expected")); // the file itself could not reproduce them
      return;
    }
    for (Map.Entry<String, JsonNode> expected : step.get("expected").properties()) {
      comparison.within(
          "steps[" + step.get("step") + "]." + expected.getKey(),
          new BigDecimal(expected.getValue().asString()),
          actual(expected.getKey()),
          RELATIVE,
          ONE_UNIT);
    }
  }

  private BigDecimal actual(String field) {
    return switch (field) {
      case "total_supply" -> venue.view().interest().heldMinor(CASH).movePointLeft(DECIMALS);
      case "total_borrow" -> venue.view().interest().owedMinor(CASH).movePointLeft(DECIMALS);
      case "stable_balance" -> natural(-venue.view().houseMinor(HouseAccount.OUTSIDE_WORLD, CASH));
      case "utilization" -> venue.view().interest().utilisation(CASH);
      case "borrow_rate" -> venue.view().interest().borrowingRate(CASH);
      case "sm_balance" -> natural(venue.view().marginMinor(CaseVenue.OTHER_SIDE, CASH));
      default -> {
        if (!field.startsWith("balance_")) {
          throw new UnsupportedCase("unknown figure " + field);
        }
        yield natural(venue.view().marginMinor(id(field.substring("balance_".length())), CASH));
      }
    };
  }

  private static BigDecimal natural(long amountMinor) {
    return BigDecimal.valueOf(amountMinor, DECIMALS);
  }

  private static long minor(JsonNode text) {
    return new BigDecimal(text.asString())
        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
        .movePointRight(DECIMALS)
        .longValueExact();
  }
}
