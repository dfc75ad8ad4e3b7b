package io.evenkeel.lab.population;

import io.evenkeel.lab.market.RandomStreams;
import java.util.SplittableRandom;

/// Which traders belong to one party: runs of neighbours, most of them of length one.
final class PartyLayout {
  private static final int MOST_ACCOUNTS = 4;

  private final int[] partyOfTrader;
  private final int partyCount;

  PartyLayout(PopulationParameters parameters) {
    SplittableRandom random = RandomStreams.named(parameters.seed(), "parties");
    partyOfTrader = new int[parameters.accounts()];
    int party = 0;
    for (int trader = 0; trader < partyOfTrader.length; party++) {
      boolean several = random.nextDouble() < parameters.shares().severalAccounts();
      int accounts = several ? 2 + random.nextInt(MOST_ACCOUNTS - 1) : 1;
      for (int i = 0; i < accounts && trader < partyOfTrader.length; i++) {
        partyOfTrader[trader++] = party;
      }
    }
    partyCount = party;
  }

  /// Number of the trader's party, from 0.
  int party(int trader) {
    return partyOfTrader[trader];
  }

  int partyCount() {
    return partyCount;
  }

  boolean isFirstOfParty(int trader) {
    return trader == 0 || partyOfTrader[trader - 1] != partyOfTrader[trader];
  }

  /// Whether the trader's party has another account.
  boolean hasSibling(int trader) {
    return !isFirstOfParty(trader)
        || (trader + 1 < partyOfTrader.length
            && partyOfTrader[trader + 1] == partyOfTrader[trader]);
  }
}
