package io.evenkeel.lab.replay;

import io.evenkeel.engine.EngineView;
import io.evenkeel.lab.population.AccountView;
import io.evenkeel.model.account.LedgerAccount.HouseAccount;
import org.jspecify.annotations.Nullable;

/// The engine as traders see it.
final class EngineAccountView implements AccountView {
  private final EngineView view;

  EngineAccountView(EngineView view) {
    this.view = view;
  }

  @Override
  public boolean isActive(long accountId) {
    return view.isOpen(accountId) && !view.isFrozen(accountId);
  }

  @Override
  public long positionUnits(long accountId, int instrumentId) {
    return view.isOpen(accountId) ? view.quantityUnits(accountId, instrumentId) : 0;
  }

  @Override
  public long costTicks(long accountId, int instrumentId) {
    EngineView.Position position = position(accountId, instrumentId);
    return position == null ? 0 : position.costTicks();
  }

  @Override
  public OpenOrders openOrders(long accountId, int instrumentId) {
    EngineView.Position position = position(accountId, instrumentId);
    return position == null
        ? OpenOrders.NONE
        : new OpenOrders(
            position.buyUnits(),
            position.sellUnits(),
            position.buyNotional(),
            position.sellNotional());
  }

  private EngineView.@Nullable Position position(long accountId, int instrumentId) {
    if (view.isOpen(accountId)) {
      for (EngineView.Position position : view.positions(accountId)) {
        if (position.instrumentId() == instrumentId) {
          return position;
        }
      }
    }
    return null;
  }

  @Override
  public long marginMinor(long accountId, int assetId) {
    return view.isOpen(accountId) ? view.marginMinor(accountId, assetId) : 0;
  }

  @Override
  public long walletMinor(long partyId, int assetId) {
    return view.walletMinor(partyId, assetId);
  }

  @Override
  public long insuranceMinor(int assetId) {
    return view.houseMinor(HouseAccount.INSURANCE_FUND, assetId);
  }

  @Override
  public int leverageE2(long accountId) {
    return view.isOpen(accountId) ? view.leverageE2(accountId) : 0;
  }

  @Override
  public long equityE6(long accountId) {
    return view.isOpen(accountId) ? view.assess(accountId).equityE6() : 0;
  }

  @Override
  public long initialE6(long accountId) {
    return view.isOpen(accountId) ? view.assess(accountId).levels().initialE6() : 0;
  }

  @Override
  public @Nullable OpenCall call(long accountId) {
    return view.isOpen(accountId)
        ? view.call(accountId)
            .map(call -> new OpenCall(call.amountE6(), call.deadlineNs(), call.expired()))
            .orElse(null)
        : null;
  }

  @Override
  public long markUnits(int instrumentId) {
    return view.markUnits(instrumentId);
  }
}
