package io.evenkeel.portfolio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Books written into a folder for one test: a coin and a dollar, a perpetual, marked at 100.
record BookFolder(Path folder) {
  static final String MARKET =
      """
      time: 2026-02-06T04:30:00Z
      assets:
        USDT: {decimals: 6, price: 1}
        BTC: {decimals: 8, price: 100}
      underlyings: {BTC: {}}
      instruments:
        PERP: {kind: perpetual, underlying: BTC, settlement: USDT, mark: 100}
        OTHER: {kind: perpetual, underlying: BTC, settlement: USDT, mark: 50}
      """;

  BookFolder write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// The book of a market and further keys.
  OpeningBook book(String keys) {
    return write("book.yaml", MARKET + keys).read("book.yaml");
  }

  OpeningBook read(String name) {
    return OpeningReader.read(folder.resolve(name));
  }

  Reconciliation reconcile(String keys) {
    return Reconciliation.of(new OpeningVenue(book(keys)));
  }
}
