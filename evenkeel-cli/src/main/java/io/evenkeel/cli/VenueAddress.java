package io.evenkeel.cli;

import io.evenkeel.client.GatewayClient;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The option that says which running venue a verb talks to.
final class VenueAddress {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8642",
      description = "Address of the gateway. Default: ${DEFAULT-VALUE}.")
  private String url = "http://127.0.0.1:8642";

  /// A client of the venue; nothing is sent yet.
  ///
  /// @throws ParameterException when the address is none
  GatewayClient connect() {
    return connect(spec, url);
  }

  /// A client of the venue at an address that a verb's `--url` named.
  ///
  /// @throws ParameterException when the address is none
  static GatewayClient connect(CommandSpec verb, String address) {
    try {
      return GatewayClient.of(new URI(address));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new ParameterException(
          verb.commandLine(),
          "--url must be an address such as http://127.0.0.1:8642, not '" + address + "'");
    }
  }
}
