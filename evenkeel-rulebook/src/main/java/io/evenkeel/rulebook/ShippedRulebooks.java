package io.evenkeel.rulebook;

import io.evenkeel.model.rulebook.Rulebook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The rulebooks that come with Evenkeel, by name; anything else is taken as the path of a file.
public final class ShippedRulebooks {
  /// The house rulebook, which is meant when nothing is said.
  public static final String DEFAULT = "perp-cross";

  private static final List<Shipped> SHIPPED =
      List.of(
          new Shipped(
              DEFAULT,
              "house rules: cross-margined perpetuals, tiered rates, coins as collateral, partial liquidation first"),
          new Shipped(
              "derive-srm",
              "Derive v2 standard manager: options by rule with spread relief, perpetuals, coins as collateral"),
          new Shipped(
              "deribit-sm",
              "Deribit segregated standard margin: options in coin by rule, futures by size"),
          new Shipped(
              "aave-v3",
              "Aave v3 on Ethereum: pooled lending by health factor, with a category of ether and staked ether"),
          new Shipped(
              "maker-vault",
              "Maker ETH-A: one vault an account, dai minted against ether at a liquidation ratio of 150%"),
          new Shipped(
              "binance-usdm",
              "Binance USD-M futures: brackets with continuity deduction, dated tables of the major contracts"),
          new Shipped(
              "hyperliquid",
              "Hyperliquid perpetuals: USDC margin by brackets of maximum leverage, maintenance half of initial"),
          new Shipped(
              "dydx-v4",
              "dYdX v4: USDC margin by liquidity tiers that rise with open interest, fills judged by risk"),
          new Shipped(
              "synthetix-v3",
              "Synthetix v3 perps: rates and collateral discounts that grow with size, keeper reward in the margin"),
          new Shipped(
              "vega-futures",
              "Vega futures: risk factors and slippage, scaled levels, cash at every mark, margin released in bands"),
          new Shipped(
              "drift-v2",
              "Drift v2: perpetuals by root-of-size ratios, many weighed coins, borrowing, strict prices for new risk"),
          new Shipped(
              "mango-v4",
              "Mango v4: health of tokens, borrows, spot orders and perpetuals, slow prices for new risk"),
          new Shipped(
              "binance-pm",
              "Binance portfolio margin: haircuts on positive nets only, uniMMR ladder 1.5 / 1.2 / 1.05"),
          new Shipped(
              "derive-pmrm2",
              "Derive v2 portfolio manager, second generation: worst scenario, tails, skew and contingencies"),
          new Shipped(
              "derive-pmrm",
              "Derive v2 portfolio manager, first generation: worst of 23 scenarios, charges scaled with the loss"),
          new Shipped(
              "deribit-pm",
              "Deribit segregated portfolio margin: risk matrix with extended table, roll and delta shocks"),
          new Shipped(
              "paradex-pm",
              "Paradex portfolio margin: 24 weighted scenarios with a minimum on deltas"),
          new Shipped(
              "okx-pm",
              "OKX portfolio margin, partly: spot and volatility grid, basis, extreme moves"));

  private ShippedRulebooks() {}

  /// One rulebook of the list.
  ///
  /// @param name by which it is asked for; also the rulebook's own name
  /// @param description one line
  public record Shipped(String name, String description) {}

  /// All of them.
  public static List<Shipped> list() {
    return SHIPPED;
  }

  /// Loads a shipped rulebook, or a file, for assets of standard scales.
  ///
  /// @param nameOrPath a shipped name, or the path of a YAML file
  /// @throws RulebookException when there is no such rulebook, or it is not valid
  public static Rulebook load(String nameOrPath) {
    return read(nameOrPath, AssetScales.STANDARD).rulebook();
  }

  /// Loads a shipped rulebook, or a file, with what it says about itself.
  ///
  /// @param nameOrPath a shipped name, or the path of a YAML file
  /// @param scales decimal places of the assets it may name
  /// @throws RulebookException when there is no such rulebook, or it is not valid
  public static RulebookDocument read(String nameOrPath, AssetScales scales) {
    if (isShipped(nameOrPath)) {
      return RulebookLoader.parse(nameOrPath + ".yaml", text(nameOrPath), scales);
    }
    try {
      Path file = Path.of(nameOrPath);
      if (nameOrPath.matches("(?i).*[/\\\\].*|.*\\.ya?ml") || Files.exists(file)) {
        return RulebookLoader.read(file, scales);
      }
    } catch (InvalidPathException e) {
      throw unknown(nameOrPath);
    }
    throw unknown(nameOrPath);
  }

  /// The YAML of a shipped rulebook, with its comments: the place from which to start one's own.
  ///
  /// @throws RulebookException when there is no such rulebook
  public static String text(String name) {
    if (!isShipped(name)) {
      throw unknown(name);
    }
    return resource(name + ".yaml");
  }

  /// The JSON Schema (draft 2020-12) of the format.
  public static String schema() {
    return resource("rulebook.schema.json");
  }

  private static boolean isShipped(String name) {
    return SHIPPED.stream().anyMatch(shipped -> shipped.name().equals(name));
  }

  private static RulebookException unknown(String name) {
    String list =
        SHIPPED.stream()
            .map(shipped -> shipped.name() + " (" + shipped.description() + ")")
            .collect(Collectors.joining(", "));
    return RulebookException.ofFile(
        "",
        "unknown rulebook '%s': shipped are %s; or give a path to a YAML file"
            .formatted(Findings.clean(name), list));
  }

  private static String resource(String name) {
    try (InputStream in = ShippedRulebooks.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
