package io.evenkeel.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The OpenAPI document: a file kept by hand beside this class, because what routes mean can not be
/// derived from code; tests hold it against the routes and their answers.
final class OpenApi {
  private final byte[] document;

  OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the jar; build it again");
      }
      document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The document's bytes; must not be changed.
  byte[] document() {
    return document;
  }
}
