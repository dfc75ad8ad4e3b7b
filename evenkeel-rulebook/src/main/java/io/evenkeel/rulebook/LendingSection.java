package io.evenkeel.rulebook;

import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.rulebook.LendingTerms;
import io.evenkeel.model.rulebook.LendingTerms.Compounding;
import io.evenkeel.model.rulebook.LendingTerms.Deposits;
import io.evenkeel.model.rulebook.LendingTerms.Payee;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `venue.lending`: what accounts may owe, and at what rate.
final class LendingSection {
  private LendingSection() {}

  static List<LendingTerms> read(YamlValue list, AssetScales scales) {
    List<LendingTerms> lending = new ArrayList<>();
    for (YamlValue item : list.items()) {
      LendingTerms terms = terms(item.mapping(), scales);
      if (terms != null) {
        lending.add(terms);
      }
    }
    return lending;
  }

  private static @Nullable LendingTerms terms(YamlMapping entry, AssetScales scales) {
    YamlValue asset = entry.at("asset");
    String symbol = asset.symbol(CollateralSection.SYMBOL_LENGTH);
    Decimal minimumRate = entry.at("minimumRate").decimal();
    Decimal slope = entry.at("slope").decimal();
    Decimal optimalUtilisation = entry.at("optimalUtilisation").decimal();
    Decimal highSlope = entry.at("highSlope").decimal();
    Compounding compounding = entry.at("compounding").choice(Compounding.values());
    Deposits deposits = entry.at("deposits").choice(Deposits.values());
    Decimal venueShare = entry.at("venueShare").decimal();
    Payee payee = entry.at("payee").choice(Payee.values());
    boolean minted = entry.at("minted").bool();
    long ceilingMinor = CollateralSection.amountMinor(entry.at("ceiling"), asset, symbol, scales);
    long intervalNs = entry.at("interval").durationNs();
    return entry.build(() ->
        new LendingTerms(
            symbol,
            minimumRate,
            slope,
            optimalUtilisation,
            highSlope,
            compounding,
            deposits,
            venueShare,
            payee,
            minted,
            ceilingMinor,
            intervalNs));
  }
}
