package io.evenkeel.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenkeel.model.command.Command;
import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.number.Decimal;
import io.evenkeel.model.reference.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Documents are written with single quotation marks here.
class CommandRefusalTest {
  private static final long NOW_NS = 1_700_000_000_000_000_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                       | /type     | is missing
          {'type': 7}                                              | /type     | must be a string, not a number
          {'type': 'steal'}                                        | /type     | there is no command 'steal'; it must be one of defineAsset, def
          {'type': 'advanceTime', 'by': 1}                         | /by       | is not a field here; the fields are type
          {'type': 'advanceTime', 'a/b~c': 1}                      | /a~1b~0c  | is not a field here
          {'type': 'deposit', 'party': '7', 'asset': 'USDT'}       | /amount   | is missing
          {'type': 'deposit', 'party': '7', 'asset': 'DOGE', 'amount': '1'}     | /asset  | no asset 'DOGE' is defined; there are USDT, BTC
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': 'NaN'}   | /amount | 'NaN' is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '1e3'}   | /amount | '1e3' is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '+1'}    | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '1.'}    | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '.5'}    | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '1,000'} | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': ''}      | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '-'}     | /amount | is not a plain decimal
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': null}    | /amount | must be a decimal as a string, not null
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': [1]}     | /amount | must be a decimal as a string, not a list
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '0.0000001'} | /amount | has too many decimals; 6 are allowed here
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': 0.0000001}   | /amount | has too many decimals; 6 are allowed here
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': '9223372036854.775808'} | /amount | is out of range
          {'type': 'deposit', 'party': '7', 'asset': 'USDT', 'amount': 99999999999999999999999999} | /amount | is out of range
          {'type': 'deposit', 'party': 7.5, 'asset': 'USDT', 'amount': '1'}     | /party  | must be a number as a string, not a number
          {'type': 'deposit', 'party': '7.5', 'asset': 'USDT', 'amount': '1'}   | /party  | has too many decimals; none are allowed here
          {'type': 'deposit', 'party': '9223372036854775808', 'asset': 'USDT', 'amount': '1'} | /party | is out of range
          {'type': 'deposit', 'party': {}, 'asset': 'USDT', 'amount': '1'}      | /party  | not an object
          {'type': 'setPartyPolicy', 'party': '7', 'siblingTopUp': 'true'}      | /siblingTopUp | must be true or false, not a string
          {'type': 'transfer', 'account': '7', 'asset': 'USDT', 'amount': '1', 'direction': 'UP'} | /direction | there is no 'UP'; it must be one of TO_MARGIN, TO_WALLET
          {'type': 'setLeverage', 'account': '7', 'leverage': '2.125'}          | /leverage | has too many decimals; 2 are allowed
          {'type': 'setLeverage', 'account': '7', 'leverage': '100000000'}      | /leverage | is out of range
          {'type': 'settleInstrument', 'instrument': 'ETHUSDT', 'price': '1'}   | /instrument | no instrument 'ETHUSDT' is defined; there are BTCUSDT, OIL-DEC26, SHIBUSDT
          {'type': 'settleInstrument', 'instrument': 'BTCUSDT', 'price': '1.05'} | /price | has too many decimals; 1 is allowed
          {'type': 'applyFunding', 'instrument': 'BTCUSDT', 'rate': '0.0000000000000000001'} | /rate | has too many decimals; 18 are
          {'type': 'applyFunding', 'instrument': 'BTCUSDT', 'rate': '12345678901234567890'}  | /rate | is out of range
          {'type': 'fill', 'instrument': 'SHIBUSDT', 'buyer': 1, 'seller': 2, 'quantity': '10500', 'price': '0.00001'} | /quantity | must be a multiple of 1000
          {'type': 'setOrderExposure', 'account': 1, 'instrument': 'OIL-DEC26', 'buyQuantity': '1', 'sellQuantity': '0', 'buyNotional': '70005.5', 'sellNotional': '0'} | /buyNotional | it must be a multiple of 10
          """)
  void shouldNameTheFieldAndTheReason(String json, String field, String reason) {
    refuses(json, field, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type': 'openAccount', 'account': '1', 'party': '1', 'rulebookId': '1'}   | /rulebookId | must be a number without decimals, not a string
          {'type': 'openAccount', 'account': '1', 'party': '1', 'rulebookId': 65536} | /rulebookId | must be 0 to 65535
          {'type': 'openAccount', 'account': '1', 'party': '1', 'rulebookId': 1, 'role': 'KING'} | /role | must be one of TRADER, BACKSTOP
          {'type': 'reassess', 'accounts': []}                     | /accounts   | leave the field out to mean all
          {'type': 'reassess', 'accounts': ['1', 'x']}             | /accounts/1 | 'x' is not a plain decimal
          {'type': 'defineRulebook', 'rulebookId': 1}              | /shipped    | is missing
          {'type': 'defineRulebook', 'rulebookId': 1, 'shipped': 'a', 'yaml': 'b'} | /yaml | not both
          {'type': 'defineRulebook', 'rulebookId': 1, 'shipped': 'none'}           | /shipped | there is no shipped rulebook none
          {'type': 'defineRulebook', 'rulebookId': 1, 'yaml': 'x'}                 | /yaml    | line 1, column 1
          {'type': 'defineRulebook', 'rulebookId': 1, 'yaml': 'x', 'effectiveTime': 'soon'} | /effectiveTime | 'soon' is not a time
          {'type': 'defineRulebook', 'rulebookId': 1, 'yaml': 'x', 'effectiveTime': '2026-01-01T00:00:00+01:00'} | /effectiveTime | is not in UTC
          {'type': 'defineRulebook', 'rulebookId': 1, 'yaml': 'x', 'effectiveTime': '2500-01-01T00:00:00Z'} | /effectiveTime | is outside the years
          {'type': 'markPrices'}                                   | /marks      | is missing
          {'type': 'markPrices', 'marks': {}}                      | /marks      | must be a list, not an object
          {'type': 'markPrices', 'marks': [7]}                     | /marks/0    | must be an object, not a number
          {'type': 'markPrices', 'marks': [{'asset': 'BTC', 'price': '1'}, {'price': '1'}]} | /marks/1/instrument | is missing
          {'type': 'markPrices', 'marks': [{'asset': 'BTC', 'instrument': 'BTCUSDT', 'price': '1'}]} | /marks/0/asset | not of both
          {'type': 'markPrices', 'marks': [{'instrument': 'BTCUSDT', 'price': '1', 'uncertainty': '-0.1'}]} | /marks/0/uncertainty | must not be negative
          {'type': 'markPrices', 'marks': [{'instrument': 'BTCUSDT', 'price': '1', 'size': '2'}]} | /marks/0/size | is not a field here
          {'type': 'defineAsset', 'assetId': 2, 'symbol': 'X', 'scale': 19, 'maximumSupply': '1', 'priceScale': 6, 'initialPrice': '1', 'maximumPrice': '1'} | /scale | must be 0 to 18
          {'type': 'defineAsset', 'assetId': 2, 'symbol': ' ', 'scale': 6, 'maximumSupply': '1', 'priceScale': 6, 'initialPrice': '1', 'maximumPrice': '1'} | /symbol | must have 1 to 32 characters
          {'type': 'defineAsset', 'assetId': 2, 'symbol': 'A\\nB', 'scale': 6, 'maximumSupply': '1', 'priceScale': 6, 'initialPrice': '1', 'maximumPrice': '1'} | /symbol | must not hold control characters
          {'type': 'defineAsset', 'assetId': 2, 'symbol': 'A\\ud800', 'scale': 6, 'maximumSupply': '1', 'priceScale': 6, 'initialPrice': '1', 'maximumPrice': '1'} | /symbol | half a character
          {'type': 'defineAsset', 'assetId': 2, 'symbol': 'X', 'scale': 6, 'maximumSupply': '-1', 'priceScale': 6, 'initialPrice': '1', 'maximumPrice': '1'} | /maximumSupply | must be positive and at most 2^62
          {'type': 'defineAsset', 'assetId': 2, 'symbol': 'X', 'scale': 6, 'maximumSupply': '1', 'priceScale': 6, 'initialPrice': '2', 'maximumPrice': '1'} | /initialPrice | must be positive and at most maximumPrice
          """)
  void shouldNameTheFieldOfADefinitionOrMark(String json, String field, String reason) {
    refuses(json, field, reason);
  }

  @Test
  void shouldTakeNumbersThatAreWrittenExactly() {
    assertThat(read("{'type': 'deposit', 'party': 7, 'asset': 'USDT', 'amount': 1000.50}"))
        .isEqualTo(new Command.Deposit(7, 0, 1_000_500_000));
    assertThat(read("{'type': 'deposit', 'party': '7', 'asset': 'BTC', 'amount': '1.1000000000'}"))
        .as("zeros that say nothing")
        .isEqualTo(new Command.Deposit(7, 1, 110_000_000));
    assertThat(read("{'type': 'applyFunding', 'instrument': 'BTCUSDT', 'rate': -0.0010}"))
        .isEqualTo(new Command.ApplyFunding(0, Decimal.parse("-0.001")));
  }

  @Test
  void shouldRefuseFloatsOfOtherParsers() {
    ObjectNode json =
        JsonMapper.builder().build().createObjectNode().put("type", "deposit").put("party", "1");
    json.put("asset", "USDT").put("amount", 0.1);
    InvalidJson refusal =
        catchThrowableOfType(
            InvalidJson.class,
            () -> CommandJson.read(json, SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, NOW_NS));
    assertThat(refusal.field()).isEqualTo("/amount");
    assertThat(refusal.reason()).contains("not exact");
  }

  @Test
  void shouldLeaveToTheEngineWhatTheEngineJudges() {
    assertThat(read("{'type': 'withdraw', 'party': '-1', 'asset': 'USDT', 'amount': '-5'}"))
        .isEqualTo(new Command.Withdraw(-1, 0, -5_000_000));
  }

  @Test
  void shouldCountTheContractSizeInNotionals() {
    String json =
        "{'type': 'setOrderExposure', 'account': '1', 'instrument': 'OIL-DEC26', 'buyQuantity':"
            + " '2', 'sellQuantity': '0', 'buyNotional': '140020', 'sellNotional': '0'}";
    assertThat(read(json)).isEqualTo(new Command.SetOrderExposure(1, 1, 2, 0, 14_002, 0));
  }

  @Test
  void shouldCountQuantitiesInThousandsWhereTheContractDoes() {
    String json =
        "{'type': 'fill', 'instrument': 'SHIBUSDT', 'buyer': 1, 'seller': 2, 'quantity': 20000,"
            + " 'price': '0.00001', 'buyerFee': '-0.000001', 'sellerOrder': true}";
    assertThat(read(json)).isEqualTo(new Command.Fill(2, 1, 2, 20, 1_000, -1, 0, false, true));
  }

  @Test
  void shouldGiveMarksWithoutTimeTheTimeOfNow() {
    MarkBatch expected =
        MarkBatch.builder()
            .add(MarkBatch.Target.INSTRUMENT, 0, 1_124_000, NOW_NS)
            .add(MarkBatch.Target.ASSET, 1, 11_240_000, 1_767_323_045_000_000_001L, 1_000)
            .build();
    String marks =
        "{'marks': [{'instrument': 'BTCUSDT', 'price': '112400'}, {'asset': 'BTC', 'price':"
            + " '112400', 'time': '2026-01-02T03:04:05.000000001Z', 'uncertainty': '0.001'}]}";
    assertThat(CommandJson.readMarks(parse(marks), SampleVenue.CATALOGUE, NOW_NS))
        .isEqualTo(expected);
    assertThat(read(marks.replaceFirst("\\{", "{'type': 'markPrices', ")))
        .isEqualTo(new Command.MarkPrices(expected));
  }

  @Test
  void shouldReadSessionAndNumberTogether() {
    assertThat(numbered("{'type': 'advanceTime', 'session': '12', 'number': 3}"))
        .isEqualTo(new CommandJson.Numbered(12, 3, new Command.AdvanceTime()));
    assertThat(numbered("{'type': 'advanceTime'}"))
        .isEqualTo(new CommandJson.Numbered(0, 0, new Command.AdvanceTime()));
    assertThat(refusal("{'type': 'advanceTime', 'session': '12'}").field()).isEqualTo("/number");
    assertThat(refusal("{'type': 'advanceTime', 'number': '12'}").field()).isEqualTo("/session");
    assertThat(refusal("{'type': 'advanceTime', 'session': 0, 'number': 1}").reason())
        .contains("must not be 0");
  }

  @Test
  void shouldSayThatNothingIsDefinedYet() {
    InvalidJson refusal =
        catchThrowableOfType(
            InvalidJson.class,
            () ->
                CommandJson.read(
                    parse("{'type': 'contributeInsurance', 'asset': 'USDT', 'amount': '1'}"),
                    Catalogue.EMPTY,
                    SampleVenue.NO_RULEBOOKS,
                    NOW_NS));
    assertThat(refusal.reason()).isEqualTo("no asset 'USDT' is defined; none is defined yet");
  }

  private static void refuses(String json, String field, String reason) {
    InvalidJson refusal = catchThrowableOfType(InvalidJson.class, () -> read(json));
    assertThat(refusal).as(json).isNotNull();
    assertThat(refusal.field()).as(refusal.getMessage()).isEqualTo(field);
    assertThat(refusal.reason()).contains(reason);
  }

  private static Command read(String json) {
    return CommandJson.read(parse(json), SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, NOW_NS);
  }

  private static CommandJson.Numbered numbered(String json) {
    return CommandJson.readNumbered(
        parse(json), SampleVenue.CATALOGUE, SampleVenue.NO_RULEBOOKS, NOW_NS);
  }

  private static InvalidJson refusal(String json) {
    return catchThrowableOfType(InvalidJson.class, () -> numbered(json));
  }

  private static tools.jackson.databind.JsonNode parse(String json) {
    return CommandJson.parse(json.replace('\'', '"'));
  }
}
