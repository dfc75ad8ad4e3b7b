package io.evenkeel.reader;

import io.evenkeel.model.account.Assessment;
import io.evenkeel.model.account.Zone;

/// One account in a list.
///
/// @param zone as last stated
/// @param assessment weighed when the list was made
/// @param hasCall whether a margin call is open or expired
public record AccountLine(
    long accountId, long partyId, Zone zone, Assessment assessment, boolean hasCall) {}
