package io.evenkeel.model.command;

import io.evenkeel.model.number.Check;

/// How much of everything one engine may hold. Nobody can exhaust memory by asking for more: beyond
/// a limit commands are refused by name.
///
/// @param assets most assets
/// @param instruments most instruments
/// @param rulebooks most rulebooks
/// @param parties most parties
/// @param accounts most margin accounts ever opened
/// @param positionsPerAccount most instruments in which one account (other than the backstop) has a
///   position or orders
/// @param marksPerBatch most marks in one batch
/// @param sessions most client sessions
/// @param outcomesPerSession how many of the last outcomes of a session are kept
public record EngineLimits(
    int assets,
    int instruments,
    int rulebooks,
    int parties,
    int accounts,
    int positionsPerAccount,
    int marksPerBatch,
    int sessions,
    int outcomesPerSession) {
  /// Large enough for a venue on one machine.
  public static final EngineLimits STANDARD =
      new EngineLimits(64, 4_096, 64, 16_000_000, 16_000_000, 64, 8_192, 65_536, 32);

  /// Refuses limits below one.
  public EngineLimits {
    int smallest = Math.min(Math.min(assets, instruments), Math.min(rulebooks, parties));
    smallest = Math.min(smallest, Math.min(accounts, positionsPerAccount));
    smallest = Math.min(smallest, Math.min(marksPerBatch, Math.min(sessions, outcomesPerSession)));
    Check.parameter(smallest >= 1, "limits", "every limit must be at least 1");
  }
}
