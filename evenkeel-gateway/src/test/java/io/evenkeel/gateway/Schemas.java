package io.evenkeel.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/// Holds answers against the schemas of the OpenAPI document.
final class Schemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final JsonNode document;

  Schemas() {
    try {
      document =
          MAPPER.readTree(
              new String(new OpenApi().document(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode document() {
    return document;
  }

  /// What an answer of an operation breaks of its schema; empty when all is well.
  Set<ValidationMessage> breaches(String method, String path, int status, byte[] answer) {
    JsonNode response =
        document
            .path("paths")
            .path(path)
            .path(method.toLowerCase(java.util.Locale.ROOT))
            .path("responses")
            .path(Integer.toString(status));
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asText().substring(1));
    }
    String mediaType = status < 400 ? "application/json" : Problem.MEDIA_TYPE;
    JsonNode schema = response.path("content").path(mediaType).path("schema");
    if (schema.isMissingNode()) {
      throw new AssertionError(method + " " + path + " documents no answer " + status);
    }
    return breaches(schema, answer);
  }

  /// The same for one named schema.
  Set<ValidationMessage> breaches(String schema, byte[] json) {
    return breaches(MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema), json);
  }

  private Set<ValidationMessage> breaches(JsonNode schema, byte[] json) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.get("components"));
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(whole)
          .validate(MAPPER.readTree(json));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
