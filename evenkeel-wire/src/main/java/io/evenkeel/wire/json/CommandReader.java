package io.evenkeel.wire.json;

import io.evenkeel.model.account.AccountMode;
import io.evenkeel.model.account.AccountRole;
import io.evenkeel.model.account.PositionMode;
import io.evenkeel.model.account.PositionSide;
import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.Command.TransferBasis;
import io.evenkeel.model.command.FactorKind;
import io.evenkeel.model.command.FactorValue;
import io.evenkeel.model.number.InvalidParameter;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.ContractKind;
import io.evenkeel.model.reference.ContractTerms;
import io.evenkeel.model.reference.Instrument.LinearContract;
import io.evenkeel.model.reference.OptionTerms;
import io.evenkeel.model.reference.OptionTerms.Right;
import io.evenkeel.model.reference.SettlementAverage;
import io.evenkeel.model.reference.Variation;
import io.evenkeel.model.rulebook.Rulebook;
import io.evenkeel.model.rulebook.TradingPhase;
import io.evenkeel.wire.words.UnknownReference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads the fields of one command. What the model's records refuse is refused here with the name
/// of the JSON field; what depends on the venue's state is left to the engine.
final class CommandReader {
  private static final int LEVERAGE_SCALE = 2;
  private static final int MAXIMUM_IDENTIFIER = 65_535;
  private static final int NO_INSTRUMENT = -1;
  private static final long NO_PARTY = -1;
  private static final long AT_ONCE = 0;
  private static final Pattern UNIT_SUFFIX =
      Pattern.compile("\\b([a-z]+[A-Za-z]*)(Minor|Units)\\b");

  private final JsonFields fields;
  private final Catalogue catalogue;
  private final Symbols symbols;
  private final RulebookSource rulebooks;
  private final long nowNs;

  CommandReader(JsonFields fields, Catalogue catalogue, RulebookSource rulebooks, long nowNs) {
    this.fields = fields;
    this.catalogue = catalogue;
    this.symbols = new Symbols(catalogue);
    this.rulebooks = rulebooks;
    this.nowNs = nowNs;
  }

  /// The command that the field `type` names.
  Command read() {
    String type = fields.text("type");
    return switch (type) {
      case "defineAsset" -> defineAsset();
      case "defineInstrument" -> defineInstrument();
      case "defineRulebook" -> defineRulebook();
      case "openAccount" -> openAccount();
      case "closeAccount" -> new Command.CloseAccount(fields.identifier("account"));
      case "setPartyPolicy" ->
          new Command.SetPartyPolicy(fields.identifier("party"), fields.flag("siblingTopUp"));
      case "deposit" -> deposit();
      case "withdraw" -> withdraw();
      case "contributeInsurance" -> contributeInsurance();
      case "transfer" -> transfer();
      case "setLeverage" ->
          new Command.SetLeverage(
              fields.identifier("account"), fields.smallUnits("leverage", LEVERAGE_SCALE));
      case "setOrderExposure" -> setOrderExposure();
      case "fill" -> fill();
      case "markPrices" -> new Command.MarkPrices(new MarksReader(catalogue, nowNs).read(fields));
      case "applyFunding" ->
          new Command.ApplyFunding(
              symbols.contract(fields, "instrument").instrumentId(), fields.decimal("rate"));
      case "settleInstrument" -> settleInstrument();
      case "settleExpiry" ->
          new Command.SettleExpiry(
              symbols.asset(fields, "underlying").assetId(),
              fields.timeNs("expiry"),
              fields.decimal("price"));
      case "setPhase" ->
          new Command.SetPhase(
              symbols.contract(fields, "instrument").instrumentId(),
              fields.choice("phase", TradingPhase.values()));
      case "publishFactors" -> publishFactors();
      case "secureMargin" -> secureMargin();
      case "chargeFee" -> chargeFee();
      case "contributeInstrumentFund" -> contributeInstrumentFund();
      case "closeInstrumentFund" ->
          new Command.CloseInstrumentFund(symbols.contract(fields, "instrument").instrumentId());
      case "borrow" -> borrow();
      case "bidInAuction" -> bidInAuction();
      case "accrueInterest" -> new Command.AccrueInterest(symbols.asset(fields, "asset").assetId());
      case "importBalance" -> importBalance();
      case "importPosition" -> importPosition();
      case "transferPosition" -> transferPosition();
      case "bustTrade" -> bustTrade();
      case "correctTrade" -> correctTrade();
      case "setAccountMode" -> setAccountMode();
      case "setPositionMode" ->
          new Command.SetPositionMode(
              fields.identifier("account"), fields.choice("mode", PositionMode.values()));
      case "reassess" -> reassess();
      case "advanceTime" -> new Command.AdvanceTime();
      default ->
          throw fields.invalid(
              "type",
              "there is no command %s; it must be one of %s"
                  .formatted(Figures.quoted(type), String.join(", ", CommandJson.TYPES)));
    };
  }

  private Command defineAsset() {
    int scale = fields.integer("scale", 0, 18);
    int priceScale = fields.integer("priceScale", 0, 12);
    try {
      return new Command.DefineAsset(
          new Asset(
              fields.integer("assetId", 0, MAXIMUM_IDENTIFIER),
              fields.symbol("symbol"),
              scale,
              fields.units("maximumSupply", scale),
              priceScale,
              fields.units("initialPrice", priceScale),
              fields.units("maximumPrice", priceScale)));
    } catch (InvalidParameter e) {
      throw refused(e);
    }
  }

  private Command defineInstrument() {
    int priceScale = fields.integer("priceScale", 0, 12);
    int quantityScale = fields.integer("quantityScale", -9, 12);
    try {
      LinearContract contract =
          new LinearContract(
              fields.integer("instrumentId", 0, MAXIMUM_IDENTIFIER),
              fields.symbol("symbol"),
              fields.choice("kind", ContractKind.values()),
              symbols.asset(fields, "settlementAsset").assetId(),
              fields.choice("variation", Variation.values()),
              fields.units("contractSize", 0),
              priceScale,
              quantityScale,
              fields.units("lotSize", quantityScale),
              fields.has("minimumPrice") ? fields.units("minimumPrice", priceScale) : 1,
              fields.units("maximumPrice", priceScale),
              fields.units("maximumPosition", quantityScale),
              fields.units("maximumOpenInterest", quantityScale),
              contractTerms());
      return new Command.DefineInstrument(
          fields.has("minimumPrice") ? contract : contract.withUsualPrices());
    } catch (InvalidParameter e) {
      throw refused(e);
    }
  }

  private ContractTerms contractTerms() {
    return new ContractTerms(
        fields.has("underlying")
            ? symbols.asset(fields, "underlying").assetId()
            : ContractTerms.NO_UNDERLYING,
        fields.timeNs("expiry", 0),
        fields.flag("inverse", false),
        fields.has("right")
            ? new OptionTerms(fields.choice("right", Right.values()), fields.decimal("strike"))
            : null,
        fields.has("settlementWindowSeconds")
            ? new SettlementAverage(
                fields.units("settlementWindowSeconds", 9), fields.decimal("leastCoverage"))
            : null);
  }

  private Command publishFactors() {
    JsonNode list = fields.list("factors");
    List<FactorValue> factors = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonFields factor = JsonFields.of(list.get(i), fields.pointerTo("factors") + "/" + i);
      FactorKind kind = factor.choice("kind", FactorKind.values());
      int subject =
          kind.subject() == FactorKind.Subject.ASSET
              ? symbols.asset(factor, "asset").assetId()
              : symbols.contract(factor, "instrument").instrumentId();
      try {
        factors.add(
            new FactorValue(kind, subject, factor.timeNs("expiry", 0), factor.decimal("value")));
      } catch (InvalidParameter e) {
        throw factor.invalid("expiry", e.remedy());
      }
      factor.end();
    }
    return new Command.PublishFactors(factors);
  }

  private Command secureMargin() {
    long accountId = fields.identifier("account");
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Command.SecureMargin(
        accountId, contract.instrumentId(), fields.units("price", contract.priceScale()));
  }

  private Command chargeFee() {
    long accountId = fields.identifier("account");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.ChargeFee(
        accountId,
        asset.assetId(),
        fields.units("amount", asset.scale()),
        fields.identifier("receivingParty", NO_PARTY),
        fields.has("instrument")
            ? symbols.contract(fields, "instrument").instrumentId()
            : NO_INSTRUMENT);
  }

  private Command contributeInstrumentFund() {
    LinearContract contract = symbols.contract(fields, "instrument");
    int moneyScale = UnknownReference.asset(catalogue, contract.settlementAssetId()).scale();
    return new Command.ContributeInstrumentFund(
        contract.instrumentId(), fields.units("amount", moneyScale));
  }

  private Command borrow() {
    long accountId = fields.identifier("account");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.Borrow(accountId, asset.assetId(), fields.units("amount", asset.scale()));
  }

  private Command bidInAuction() {
    Asset asset = symbols.asset(fields, "asset");
    return new Command.BidInAuction(
        fields.identifier("account"),
        fields.identifier("bidder"),
        fields.decimal("share"),
        asset.assetId(),
        fields.units("maximumPayment", asset.scale()));
  }

  private Command importBalance() {
    long accountId = fields.identifier("account");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.ImportBalance(
        accountId, asset.assetId(), fields.units("amount", asset.scale()));
  }

  /// The cost as money of the settlement asset; in ticks it is exact whatever places it has.
  private Command importPosition() {
    LinearContract contract = symbols.contract(fields, "instrument");
    int moneyScale = UnknownReference.asset(catalogue, contract.settlementAssetId()).scale();
    int tickScale = Math.max(moneyScale, contract.priceScale() + contract.quantityScale());
    return new Command.ImportPosition(
        contract.instrumentId(),
        fields.identifier("long"),
        fields.identifier("short"),
        fields.units("quantity", contract.quantityScale()),
        fields.units("longCost", tickScale));
  }

  private Command transferPosition() {
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Command.TransferPosition(
        contract.instrumentId(),
        fields.identifier("from"),
        fields.identifier("to"),
        fields.units("quantity", contract.quantityScale()),
        fields.choice("basis", TransferBasis.values(), TransferBasis.MARK),
        fields.units("price", contract.priceScale(), 0),
        side("fromSide"));
  }

  private Command bustTrade() {
    LinearContract contract = symbols.contract(fields, "instrument");
    int moneyScale = UnknownReference.asset(catalogue, contract.settlementAssetId()).scale();
    return new Command.BustTrade(
        contract.instrumentId(),
        fields.identifier("buyer"),
        fields.identifier("seller"),
        fields.units("quantity", contract.quantityScale()),
        fields.units("price", contract.priceScale()),
        fields.units("buyerFee", moneyScale, 0),
        fields.units("sellerFee", moneyScale, 0),
        side("buyerSide"),
        side("sellerSide"));
  }

  private Command correctTrade() {
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Command.CorrectTrade(
        contract.instrumentId(),
        fields.identifier("buyer"),
        fields.identifier("seller"),
        fields.units("quantity", contract.quantityScale()),
        fields.units("price", contract.priceScale()),
        fields.units("correctedPrice", contract.priceScale()),
        side("buyerSide"),
        side("sellerSide"));
  }

  private PositionSide side(String name) {
    return fields.choice(name, PositionSide.values(), PositionSide.NET);
  }

  private Command setAccountMode() {
    return new Command.SetAccountMode(
        fields.identifier("account"),
        fields.integer("rulebookId", 0, MAXIMUM_IDENTIFIER),
        fields.choice("mode", AccountMode.values(), AccountMode.CROSS),
        fields.has("instrument")
            ? symbols.contract(fields, "instrument").instrumentId()
            : NO_INSTRUMENT);
  }

  /// The model knows `maximumPriceUnits`, the document `maximumPrice`.
  private InvalidJson refused(InvalidParameter e) {
    return fields.invalid(withoutUnits(e.parameter()), withoutUnits(e.remedy()));
  }

  private static String withoutUnits(String text) {
    return UNIT_SUFFIX.matcher(text).replaceAll("$1");
  }

  private Command defineRulebook() {
    int rulebookId = fields.integer("rulebookId", 0, MAXIMUM_IDENTIFIER);
    boolean isShipped = fields.has("shipped");
    if (isShipped && fields.has("yaml")) {
      throw fields.invalid("yaml", "a rulebook is a shipped one or YAML text, not both");
    }
    String source = isShipped || !fields.has("yaml") ? "shipped" : "yaml";
    String text = fields.text(source);
    long effectiveTimeNs = fields.timeNs("effectiveTime", AT_ONCE);
    try {
      Rulebook rulebook =
          source.equals("yaml")
              ? rulebooks.yaml(text, catalogue)
              : rulebooks.shipped(text, catalogue);
      return new Command.DefineRulebook(rulebookId, rulebook, effectiveTimeNs);
    } catch (InvalidJson e) {
      throw e.within(fields.pointerTo(source));
    }
  }

  private Command openAccount() {
    return new Command.OpenAccount(
        fields.identifier("account"),
        fields.identifier("party"),
        fields.integer("rulebookId", 0, MAXIMUM_IDENTIFIER),
        fields.choice("mode", AccountMode.values(), AccountMode.CROSS),
        fields.has("instrument")
            ? symbols.contract(fields, "instrument").instrumentId()
            : NO_INSTRUMENT,
        fields.choice("role", AccountRole.values(), AccountRole.TRADER));
  }

  private Command deposit() {
    long partyId = fields.identifier("party");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.Deposit(partyId, asset.assetId(), fields.units("amount", asset.scale()));
  }

  private Command withdraw() {
    long partyId = fields.identifier("party");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.Withdraw(partyId, asset.assetId(), fields.units("amount", asset.scale()));
  }

  private Command contributeInsurance() {
    Asset asset = symbols.asset(fields, "asset");
    return new Command.ContributeInsurance(asset.assetId(), fields.units("amount", asset.scale()));
  }

  private Command transfer() {
    long accountId = fields.identifier("account");
    Asset asset = symbols.asset(fields, "asset");
    return new Command.Transfer(
        accountId,
        asset.assetId(),
        fields.units("amount", asset.scale()),
        fields.choice("direction", Command.Direction.values()));
  }

  private Command setOrderExposure() {
    long accountId = fields.identifier("account");
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Command.SetOrderExposure(
        accountId,
        contract.instrumentId(),
        fields.units("buyQuantity", contract.quantityScale()),
        fields.units("sellQuantity", contract.quantityScale()),
        notional("buyNotional", contract),
        notional("sellNotional", contract),
        side("side"));
  }

  /// A notional in the settlement currency as a count of price units times quantity units: the
  /// document's `contractSize x price x quantity` without the contract size. Of an inverse future,
  /// `contractSize x quantity / price`, in ticks.
  private long notional(String name, LinearContract contract) {
    if (contract.isInverseFuture()) {
      int moneyScale = symbols.settlementOf(contract).scale();
      return fields.units(name, contract.tickScale(moneyScale).decimalPlaces(moneyScale));
    }
    int scale = contract.priceScale() + contract.quantityScale();
    BigDecimal[] perContract =
        fields
            .exact(name)
            .scaleByPowerOfTen(scale)
            .divideAndRemainder(BigDecimal.valueOf(contract.contractSize()));
    if (perContract[1].signum() != 0) {
      throw fields.invalid(
          name,
          "is no sum of contract size x price x quantity of %s: it must be a multiple of %s"
              .formatted(
                  contract.symbol(),
                  BigDecimal.valueOf(contract.contractSize())
                      .scaleByPowerOfTen(-scale)
                      .toPlainString()));
    }
    return Figures.units(perContract[0], 0, fields.pointerTo(name));
  }

  private Command fill() {
    LinearContract contract = symbols.contract(fields, "instrument");
    int moneyScale = UnknownReference.asset(catalogue, contract.settlementAssetId()).scale();
    return new Command.Fill(
        contract.instrumentId(),
        fields.identifier("buyer"),
        fields.identifier("seller"),
        fields.units("quantity", contract.quantityScale()),
        fields.units("price", contract.priceScale()),
        fields.units("buyerFee", moneyScale, 0),
        fields.units("sellerFee", moneyScale, 0),
        fields.flag("buyerOrder", false),
        fields.flag("sellerOrder", false),
        side("buyerSide"),
        side("sellerSide"));
  }

  private Command settleInstrument() {
    LinearContract contract = symbols.contract(fields, "instrument");
    return new Command.SettleInstrument(
        contract.instrumentId(), fields.units("price", contract.priceScale()));
  }

  private Command reassess() {
    List<Long> accountIds = fields.has("accounts") ? fields.identifiers("accounts") : List.of();
    if (accountIds.isEmpty() && fields.has("accounts")) {
      throw fields.invalid("accounts", "names no account; leave the field out to mean all");
    }
    return new Command.Reassess(accountIds, fields.flag("mayClose", true));
  }
}
