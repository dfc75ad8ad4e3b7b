package io.evenkeel.lab.history;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.AccrueInterest;
import io.evenkeel.model.command.Command.Borrow;
import io.evenkeel.model.command.Command.OpenAccount;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LendingTerms.Compounding;
import io.evenkeel.model.rulebook.LendingTerms.Deposits;
import io.evenkeel.model.rulebook.LendingTerms.Payee;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is lent, and who borrows it. Rates are far above those of any venue, so that interest shows
/// within the hours that a history lasts.
final class LendingChoices {
  private static final long SECOND = 1_000_000_000L;

  private final HistoryWorld world;
  private final Dice dice;
  private final boolean lends;

  /// Assets that a version of a rulebook lent.
  private final TreeSet<Integer> lent = new TreeSet<>();

  LendingChoices(HistoryWorld world) {
    this.world = world;
    this.dice = world.dice;
    this.lends = dice.chance(0.6);
  }

  /// Whether anything is lent in this history.
  boolean lends() {
    return lends;
  }

  /// What a version of a rulebook lends.
  List<LendingTerms> terms() {
    List<LendingTerms> terms = new ArrayList<>();
    if (lends && !dice.chance(0.05)) {
      for (Asset asset : dice.shuffled(new ArrayList<>(world.assets.values()))) {
        boolean usual = asset.symbol().equals("USD") || lent.contains(asset.assetId());
        if (dice.chance(usual ? 0.95 : 0.3)) {
          terms.add(terms(asset));
          lent.add(asset.assetId());
        }
      }
    }
    return terms;
  }

  private LendingTerms terms(Asset asset) {
    Decimal slope = dice.decimal("0", "0.0937654321", "12.3", "200");
    Decimal highSlope = dice.decimal("200", "345.678901234567891", "800");
    double ceiling = dice.oneOf(50, 5_000, 1_000_000_000);
    return new LendingTerms(
        asset.symbol(),
        dice.decimal("0", "0.05", "7.7", "150"),
        slope,
        dice.decimal("0", "0.1", "0.8", "0.333333333333333333", "1"),
        highSlope,
        dice.oneOf(Compounding.values()),
        dice.oneOf(Deposits.values()),
        dice.decimal("0", "0.1", "0.123456789012345678", "1"),
        dice.oneOf(Payee.values()),
        dice.chance(0.3),
        (long) Math.min(1L << 62, ceiling / world.minorValue(asset.assetId())),
        dice.oneOf(1, 1, 60, 600) * SECOND);
  }

  /// An account takes out more than it holds, or tries to; null while there is none.
  @Nullable Command borrow() {
    List<OpenAccount> traders = world.traders();
    if (traders.isEmpty() || world.assets.isEmpty()) {
      return null;
    }
    OpenAccount account = dice.pick(traders);
    int asset = asset();
    double value = (world.wealth(account) + 1) * dice.magnitude(0.003, 1.2);
    long held = Math.max(0, world.marginMinor(account.accountId(), asset));
    long more = (long) (value / world.minorValue(asset));
    return new Borrow(account.accountId(), asset, Math.max(1, held / dice.oneOf(1, 1, 3) + more));
  }

  /// Interest accrues before its time; null while there is no asset.
  @Nullable Command accrue() {
    return world.assets.isEmpty() ? null : new AccrueInterest(asset());
  }

  private int asset() {
    return dice.pick(new ArrayList<>(lent.isEmpty() ? world.assets.keySet() : lent));
  }
}
