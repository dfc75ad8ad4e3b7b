package io.evenkeel.wire.json;

import io.evenkeel.model.command.MarkBatch;
import io.evenkeel.model.command.MarkBatch.Target;
import io.evenkeel.model.reference.Asset;
import io.evenkeel.model.reference.Catalogue;
import io.evenkeel.model.reference.Instrument.LinearContract;
import tools.jackson.databind.JsonNode;

/// Reads batches of marks.
final class MarksReader {
  private static final int UNCERTAINTY_SCALE = 6;

  private final Symbols symbols;
  private final long nowNs;

  MarksReader(Catalogue catalogue, long nowNs) {
    this.symbols = new Symbols(catalogue);
    this.nowNs = nowNs;
  }

  /// The batch in the field `marks`.
  MarkBatch read(JsonFields fields) {
    JsonNode marks = fields.list("marks");
    MarkBatch.Builder batch = MarkBatch.builder();
    for (int i = 0; i < marks.size(); i++) {
      JsonFields mark = JsonFields.of(marks.get(i), fields.pointerTo("marks") + "/" + i);
      add(mark, batch);
      mark.end();
    }
    return batch.build();
  }

  private void add(JsonFields mark, MarkBatch.Builder batch) {
    boolean isAsset = mark.has("asset");
    if (isAsset == mark.has("instrument")) {
      throw mark.invalid(
          isAsset ? "asset" : "instrument",
          isAsset ? "a mark is of an instrument or an asset, not of both" : "is missing");
    }
    if (isAsset) {
      Asset asset = symbols.asset(mark, "asset");
      long price = mark.units("price", asset.priceScale());
      batch.add(Target.ASSET, asset.assetId(), price, time(mark), uncertaintyE6(mark));
    } else {
      LinearContract contract = symbols.contract(mark, "instrument");
      long price = mark.units("price", contract.priceScale());
      batch.add(Target.INSTRUMENT, contract.instrumentId(), price, time(mark), uncertaintyE6(mark));
    }
  }

  private long time(JsonFields mark) {
    return mark.timeNs("time", nowNs);
  }

  private static int uncertaintyE6(JsonFields mark) {
    if (!mark.has("uncertainty")) {
      return 0;
    }
    int uncertaintyE6 = mark.smallUnits("uncertainty", UNCERTAINTY_SCALE);
    if (uncertaintyE6 < 0) {
      throw mark.invalid("uncertainty", "must not be negative");
    }
    return uncertaintyE6;
  }
}
