package io.tokenguard.internal.settings;

import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.StatusLists;
import io.tokenguard.config.TheftDetection;

/**
 * How tokens are revoked before they expire.
 *
 * @param revocations by this API
 * @param statusLists by status lists of their issuer
 * @param logout by logout tokens
 * @param events by security event tokens
 * @param theft by signs of theft
 * @param baseline by what is unusual for a subject
 */
public record WithdrawalSettings(
        Revocations revocations,
        StatusLists statusLists,
        BackChannelLogout logout,
        SecurityEvents events,
        TheftDetection theft,
        TheftDetection.Baseline baseline) {}
