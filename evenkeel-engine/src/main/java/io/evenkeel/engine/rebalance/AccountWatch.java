package io.evenkeel.engine.rebalance;

import io.evenkeel.engine.account.Accounts;
import io.evenkeel.engine.account.Positions;
import io.evenkeel.engine.book.Book;
import io.evenkeel.engine.book.RulebookTerms;
import io.evenkeel.engine.margin.ExposureRules;
import io.evenkeel.engine.margin.FactorNumbers;
import io.evenkeel.engine.margin.Valuation;
import io.evenkeel.engine.margin.Weighing;
import io.evenkeel.engine.undo.Scope;
import io.evenkeel.engine.undo.UndoLog;
import io.evenkeel.engine.watch.AffineBounds;
import io.evenkeel.engine.watch.Watch;
import io.evenkeel.model.account.Zone;
import io.evenkeel.model.rulebook.ReleasePolicy;
import io.evenkeel.model.rulebook.RequirementModel.TieredRates;
import io.evenkeel.model.rulebook.Trigger;
import java.util.Arrays;

/// Says which accounts a batch of marks concerns, without looking at all that are exposed: those of
/// which something could come ([Watch]), and those of which nothing certain can be said. The cycle
/// over them does just what it would do over all.
///
/// It hears of every write to state that became final and gives whoever that bears on a new
/// certificate before marks move next; a column that says nothing of what it bears on has all
/// certificates made anew. Nothing of it is state: with it and without it the engine gives the same
/// events and the same state hash.
///
/// Where most accounts would be looked at anyway, because marks jump or come seldom, it rests
/// ([WatchRest]). It is on where every rulebook in force has rates by brackets that depend on the
/// account alone and no second pass after marks (in which whoever a closing changed would be looked
/// at again, but only if exposed to what moved), no contract settles variation in cash and no asset
/// is lent. Elsewhere all that are exposed are concerned.
public final class AccountWatch implements FactorNumbers, UndoLog.WriteListener {
  /// Usual moves are a thousandth of a value: what is known of volatilities is not used yet.
  private static final long USUAL_MOVE = 1_000;

  private static final int NO_FACTOR = -1;

  /// Batches of marks between two attempts at an account of which nothing can be said.
  private static final int RETRY_EVERY = 16;

  private static final int CLASSES = 1 << 12;

  private final Book book;
  private final Valuation valuation;
  private final ExposureRules exposures;
  private final Weighing weighing = new Weighing();
  private final AffineBounds bounds = new AffineBounds();
  private final AccountSet changed = new AccountSet();
  private final DueHeap coolDowns = new DueHeap();
  private final WatchRest rest = new WatchRest();
  private Watch watch = new Watch();
  private int[] factorOfMark = new int[0];
  private int[] factorOfPrice = new int[0];

  /// Accounts of which nothing can be said, one bit each.
  private long[] unbounded = new long[0];

  private WatchUse use = WatchUse.WHERE_QUICKER;
  private boolean isOn;

  /// Keeps the reads that only fetch memory from being optimised away; means nothing.
  @SuppressWarnings("UnusedVariable")
  private long fetched;

  private boolean isStale = true;
  private boolean isOutOfStep;
  private boolean isRebuilding;
  private long batches;
  private long certificates;
  private long rebuilds;

  /// Reads the book, and listens to what is written to it.
  public AccountWatch(Book book, Valuation valuation, ExposureRules exposures) {
    this.book = book;
    this.exposures = exposures;
    this.valuation = valuation;
    book.undo.listen(this);
  }

  /// Says when it is used; [WatchUse#WHERE_QUICKER] to begin with.
  public void use(WatchUse when) {
    use = when;
    rest.end();
    isStale = true;
  }

  /// Marks may not be what they were when last told of.
  public void loseStep() {
    isOutOfStep = true;
  }

  /// Gives whoever changed a new certificate. Call before marks move.
  ///
  /// @return whether it can be asked about this batch
  public boolean refresh() {
    if (use == WatchUse.WHERE_QUICKER && rest.isOn()) {
      // what changes and moves meanwhile is heard of as ever, and caught up with afterwards
      return false;
    }
    if (isStale) {
      rebuild();
      return isOn;
    }
    if (!isOn) {
      return false;
    }
    if (isOutOfStep) {
      catchUp();
    }
    while (coolDowns.earliestNs() <= book.nowNs.get() && coolDowns.earliestNs() != Long.MAX_VALUE) {
      changed.add(coolDowns.take());
    }
    int count = changed.drain();
    for (int i = 0; i < count; i++) {
      if (i % Positions.TOUCH_BLOCK == 0) {
        int end = Math.min(count, i + Positions.TOUCH_BLOCK);
        fetched ^= book.positions.touch(changed.members(), i, end);
      }
      certify(changed.members()[i]);
    }
    rest.work(count);
    watch.recertify();
    return true;
  }

  /// Whether an asset's price is watched, so that [#movePrice] may be called.
  public boolean watchesPrice(int asset) {
    return factorOfPrice[asset] != NO_FACTOR;
  }

  /// An instrument has another mark.
  public void moveMark(int instrument) {
    rest.expose(book.positions.holderCount(instrument));
    watch.move(factorOfMark[instrument], book.instruments.mark(instrument));
  }

  /// An asset has another price.
  public void movePrice(int asset) {
    rest.expose(book.accounts.size());
    watch.move(factorOfPrice[asset], book.assets.price(asset));
  }

  /// Adds whoever the moves concern.
  public void detect(AccountSet concerned) {
    batches++;
    int count = watch.detect();
    rest.work(count);
    rest.endBatch(book.accounts.size());
    for (int i = 0; i < count; i++) {
      int account = watch.reported(i);
      concerned.add(account);
      if ((unbounded[account >> 6] & 1L << account) == 0 || isRetried(account)) {
        changed.add(account);
      }
    }
  }

  /// Whether to try again to say something of an account: now and then, because some stand in the
  /// way only for a while, such as a mark at the edge of a bracket.
  private boolean isRetried(int account) {
    return (batches + account) % RETRY_EVERY == 0;
  }

  @Override
  public int ofMark(int instrument) {
    return factorOfMark[instrument];
  }

  @Override
  public int ofPrice(int asset) {
    return factorOfPrice[asset];
  }

  @Override
  public long ceiling(int factor) {
    return watch.ceiling(factor);
  }

  @Override
  public void written(Scope scope, int index) {
    if (isStale || (!isOn && scope != Scope.EVERYTHING)) {
      return;
    }
    switch (scope) {
      case EVERYTHING, PRICE_STATE -> isStale = true;
      case NOTHING -> {}
      case ACCOUNT -> changed.add(index);
      case POSITION -> changeOwner(index);
      case BALANCE -> changed.add(book.ledger.accountOfMargin(index));
      case MARK -> isOutOfStep |= !isInStep(index);
      case PRICE -> isStale |= !watchesPrice(index) || !isPriceInStep(index);
      case MARK_STATE -> changeHolders(index);
    }
  }

  private void changeOwner(int cell) {
    int account = book.positions.accountOfCell(cell);
    if (account >= 0) {
      changed.add(account);
    }
  }

  private void changeHolders(int instrument) {
    changed.addAll(book.positions.sweepHolders(instrument), book.positions.holderCount(instrument));
  }

  private boolean isInStep(int instrument) {
    return watch.value(factorOfMark[instrument]) == book.instruments.mark(instrument);
  }

  private boolean isPriceInStep(int asset) {
    return watch.value(factorOfPrice[asset]) == book.assets.price(asset);
  }

  /// Tells the watch of marks that moved behind its back; whoever that could concern is looked at
  /// anew when a mark of theirs moves next.
  private void catchUp() {
    isOutOfStep = false;
    for (int instrument = 0; instrument < factorOfMark.length; instrument++) {
      if (!isInStep(instrument)) {
        moveMark(instrument);
      }
    }
    for (int asset = 0; asset < factorOfPrice.length; asset++) {
      if (watchesPrice(asset) && !isPriceInStep(asset)) {
        movePrice(asset);
      }
    }
    int count = watch.detect();
    for (int i = 0; i < count; i++) {
      changed.add(watch.reported(i));
    }
  }

  /// A fault cut short what was being done: whatever it left half done is made anew. Where it was
  /// this very thing that failed it is not tried again, so that marks go on being taken.
  public void recover() {
    isStale = true;
    use = isRebuilding ? WatchUse.OFF : use;
    isRebuilding = false;
  }

  private void rebuild() {
    isRebuilding = true;
    isStale = false;
    isOutOfStep = false;
    changed.clear();
    coolDowns.clear();
    watch = new Watch();
    isOn = use != WatchUse.OFF && isSupported();
    if (isOn) {
      rebuilds++;
      numberFactors();
      for (int account : inOrderOfCloseness()) {
        certify(account);
      }
    }
    isRebuilding = false;
  }

  private boolean isSupported() {
    for (int i = 0; i < book.rulebooks.size(); i++) {
      RulebookTerms terms = book.rulebooks.at(i);
      if (!(terms.rulebook().requirement() instanceof TieredRates tiered)
          || terms.isAnyScaled()
          || !tiered.scaling().isNone()
          || terms.rulebook().onTrigger(Trigger.MARKS).secondPass()) {
        return false;
      }
    }
    for (int i = 0; i < book.instruments.size(); i++) {
      if (book.instruments.settlesVariationInCash(i)) {
        return false;
      }
    }
    for (int asset = 0; asset < book.assets.size(); asset++) {
      if (book.ledger.accruals().lends(asset)) {
        return false;
      }
    }
    return book.rulebooks.size() > 0
        && book.instruments.size() + book.assets.size() <= AffineBounds.MOST_FACTORS;
  }

  /// A settlement asset is no factor: what an account is worth is not linear in its price together
  /// with marks.
  private void numberFactors() {
    factorOfMark = new int[book.instruments.size()];
    factorOfPrice = new int[book.assets.size()];
    boolean[] settles = new boolean[book.assets.size()];
    for (int i = 0; i < factorOfMark.length; i++) {
      long mark = book.instruments.mark(i);
      factorOfMark[i] = watch.addFactor(mark, Math.max(1, mark / USUAL_MOVE));
      settles[book.instruments.settlementAsset(i)] = true;
    }
    for (int asset = 0; asset < factorOfPrice.length; asset++) {
      long price = book.assets.price(asset);
      factorOfPrice[asset] =
          settles[asset] ? NO_FACTOR : watch.addFactor(price, Math.max(1, price / USUAL_MOVE));
    }
    unbounded = new long[(book.accounts.size() >> 6) + 1];
  }

  /// All accounts, those next to a level first, so that who is looked at together lies together.
  private int[] inOrderOfCloseness() {
    int[] starts = new int[CLASSES + 1];
    short[] classes = new short[book.accounts.size()];
    for (int account = 0; account < classes.length; account++) {
      int closeness = describe(account) ? watch.closeness(bounds) + CLASSES / 2 : 0;
      classes[account] = (short) Math.clamp(closeness, 0, CLASSES - 1);
      starts[classes[account] + 1]++;
    }
    for (int i = 0; i < CLASSES; i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[classes.length];
    for (int account = 0; account < classes.length; account++) {
      order[starts[classes[account]]++] = account;
    }
    return order;
  }

  private void certify(int account) {
    certificates++;
    if (account >> 6 >= unbounded.length) {
      unbounded = Arrays.copyOf(unbounded, Math.max((account >> 6) + 1, 2 * unbounded.length));
    }
    if (!book.accounts.isActive(account) || !isExposed(account)) {
      watch.forget(account);
    } else if (describe(account)) {
      unbounded[account >> 6] &= ~(1L << account);
      watch.certify(account, bounds);
    } else {
      unbounded[account >> 6] |= 1L << account;
      listExposures(account);
      watch.watchAlways(account, bounds);
    }
  }

  private boolean isExposed(int account) {
    if (book.positions.first(account) != Positions.NONE) {
      return true;
    }
    for (int asset = 0; asset < factorOfPrice.length; asset++) {
      if (watchesPrice(asset) && book.ledger.marginBalance(account, asset) != 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether nothing comes of an account as long as it stays in its zone, and bounds of that are
  /// known, which are then in `bounds`.
  private boolean describe(int account) {
    if (!book.accounts.isActive(account)
        || book.accounts.isBackstop(account)
        || book.calls.exists(account)
        || book.auctions.isLive(account)) {
      return false;
    }
    Zone stated = book.accounts.statedZone(account);
    if (stated.compareTo(Zone.RESTRICTED) < 0) {
      return false;
    }
    try {
      valuation.assess(account, weighing);
    } catch (ArithmeticException _) {
      // whoever looks at it meets the same, and is contained
      valuation.reset();
      return false;
    }
    if (weighing.zone() != stated) {
      return false;
    }
    boolean isReleaseDue = false;
    if (stated == Zone.EXCESS && release(account).automatic()) {
      if (weighing.isFlat() || exposures.isDegraded(account)) {
        return false;
      }
      isReleaseDue = exposures.hasBands(account) && isCooledDown(account);
    }
    return valuation.describe(account, weighing, isReleaseDue, this, bounds);
  }

  /// Whether a release could come with the next mark; where it cannot yet, the account is looked at
  /// anew when it can.
  private boolean isCooledDown(int account) {
    long last = book.accounts.lastReleaseNs(account);
    if (last == Accounts.NEVER) {
      return true;
    }
    long end = Instants.plus(last, release(account).coolDownNs());
    if (end > book.nowNs.get()) {
      coolDowns.add(end, account);
      return false;
    }
    return true;
  }

  private ReleasePolicy release(int account) {
    return book.rulebooks.at(book.accounts.rulebook(account)).rulebook().release();
  }

  private void listExposures(int account) {
    bounds.start();
    Positions positions = book.positions;
    int last = NO_FACTOR;
    for (int row = positions.first(account); row != Positions.NONE; row = positions.next(row)) {
      int factor = factorOfMark[positions.instrument(row)];
      if (factor != last) {
        bounds.addFactor(factor);
      }
      last = factor;
    }
    for (int asset = 0; asset < factorOfPrice.length; asset++) {
      if (watchesPrice(asset) && book.ledger.marginBalance(account, asset) != 0) {
        bounds.addFactor(factorOfPrice[asset]);
      }
    }
  }

  /// How many certificates were given so far; a measure of work, not state.
  public long certificates() {
    return certificates;
  }

  /// How often all were made anew.
  public long rebuilds() {
    return rebuilds;
  }

  /// Whether it is on, as of the last [#refresh].
  public boolean isOn() {
    return isOn;
  }
}
