package io.tokenguard;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.GuardHealth;
import io.tokenguard.access.GuardHealth.AdapterHealth;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.audit.FailureLog;
import io.tokenguard.internal.possession.BindingSupport;
import io.tokenguard.internal.possession.PossessionCheck;
import io.tokenguard.internal.possession.PossessionPolicy;
import io.tokenguard.internal.possession.ProvenToken;
import io.tokenguard.internal.request.CredentialExtractor;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.internal.request.TransportCheck;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.revocation.RevocationSender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the token of a request and judges all of it but what the route demands: whether it is one, whether it is in time, who
 * holds it, and whether it was withdrawn. Thread-safe.
 */
final class TokenAuthenticator implements AutoCloseable {
    private final TokenValidator examiner;
    private final AtomicBoolean hasWarned = new AtomicBoolean();
    private final PossessionCheck possession;
    private final RevocationCheck revocation;
    private final StatusListChecks statuses;
    private final TargetUriPolicy targets;
    private final boolean knowsDpop;
    private final boolean allowsInsecureHttp;

    TokenAuthenticator(
            GuardDescription settings,
            GuardState guardState,
            OpenedSharedState shared,
            TokenValidator examiner,
            Workers workers) {
        PossessionPolicy policy = settings.possession(guardState, shared);
        this.examiner = examiner;
        this.possession = new PossessionCheck(policy);
        this.revocation = settings.revocation(guardState, shared, workers);
        this.statuses = StatusListChecks.of(
                settings.statusLists(),
                settings.verifier(),
                settings.environment().keySources(settings.addresses(), workers),
                examiner.issuers(),
                guardState.trustedKeys());
        this.targets = policy.targets();
        this.knowsDpop = policy.dpop().mode() != BindingSupport.OFF;
        this.allowsInsecureHttp = settings.allowsInsecureHttp();
    }

    ProvenToken hold(IncomingRequest request, boolean isFresh, AuditDetails auditDetails, Instant now)
            throws RefusedException {
        List<String> fields = request.headers().valuesOf("Authorization");
        auditDetails.sentUnderDpop(knowsDpop && CredentialExtractor.namesDpop(fields));
        PresentedCredentials credentials = CredentialExtractor.extract(fields, knowsDpop);
        if (!allowsInsecureHttp) {
            TransportCheck.requireSecure(request, targets);
        }
        ValidatedToken examined = examiner.examine(credentials, isFresh, auditDetails, now);
        ProvenToken held = possession.check(request, credentials, examined.token());
        warnOfUnknownAddress(held);
        revocation.check(held.token(), examined.clearance());
        statuses.check(held.token());
        examiner.remember(credentials.field(), credentials.start(), examined, now);
        return held;
    }

    private void warnOfUnknownAddress(ProvenToken held) {
        if (held.use().isPresent() && !targets.isConfigured() && !hasWarned.getAndSet(true)) {
            FailureLog.addressUnknown();
        }
    }

    /** Refuses a proof for a rule that requires one, if only the request says which address the proof has to be for. */
    void requireOwnAddress(ProvenToken held, AccessRequirement requirement) throws RefusedException {
        targets.requireConfigured(held.token(), requirement);
    }

    /** What was proven of the token earlier in the request still holds; what others say of it may have changed. */
    ProvenToken holdAgain(IncomingRequest request, boolean isFresh, AccessToken alreadyGood) throws RefusedException {
        if (isFresh) {
            List<String> fields = request.headers().valuesOf("Authorization");
            examiner.askAgain(CredentialExtractor.extract(fields, knowsDpop).token(), alreadyGood);
        }
        revocation.check(alreadyGood);
        statuses.check(alreadyGood);
        return ProvenToken.of(alreadyGood);
    }

    /** A token that came without a request, and so without a proof. */
    AccessToken validate(String token, AuditDetails auditDetails, Instant now) throws RefusedException {
        long known = known();
        ValidatedToken examined = examiner.examine(token, auditDetails, now);
        possession.requireUnbound(examined.token());
        revocation.check(examined.token(), examined.clearance());
        statuses.check(examined.token());
        examiner.remember(token, 0, examined, now);
        requireNotRevokedSince(known, examined.token());
        return examined.token();
    }

    /** What can have changed about a token that was found good. */
    AccessToken validateAgain(AccessToken alreadyGood, Instant now) throws RefusedException {
        long known = known();
        examiner.examineAgain(alreadyGood, now);
        revocation.check(alreadyGood);
        statuses.check(alreadyGood);
        requireNotRevokedSince(known, alreadyGood);
        return alreadyGood;
    }

    /** What is known of revocations now; to be read before a decision looks at anything. */
    long known() {
        return revocation.version();
    }

    /**
     * Requires a token not to have been revoked, nor its key banned, while the rest of the decision went on, which may have waited for a status list,
     * a rule or a store. To be called last of all.
     *
     * @param known what was {@linkplain #known() known} before
     */
    void requireNotRevokedSince(long known, AccessToken token) throws RefusedException {
        examiner.requireNotBanned(token);
        revocation.checkSince(known, token);
    }

    /** Uses the proof of a token up; to be called when all else is checked. */
    void spend(ProvenToken held) throws RefusedException {
        possession.spend(held);
    }

    Optional<String> nonce() {
        return possession.nonce();
    }

    boolean revoke(Revocation withdrawn, RevocationSender sender) {
        return revocation.revoke(withdrawn, sender);
    }

    GuardHealth health(List<AdapterHealth> adapters) {
        return new GuardHealth(
                examiner.issuers().health(), examiner.introspectors().health(), revocation.health(), adapters);
    }

    void follow(Optional<TokenAuthenticator> older) {
        revocation.follow(older.map(desk -> desk.revocation));
    }

    /** Takes effect in the place of an older configuration. Can't fail. */
    void succeed(Optional<TokenAuthenticator> older, Instant now) {
        possession.succeed(older.map(desk -> desk.possession), now);
        revocation.succeed(older.map(desk -> desk.revocation), examiner.issuers()::keys);
    }

    void handOver(TokenAuthenticator older) {
        revocation.handOver(older.revocation);
    }

    void inherit(TokenAuthenticator older) {
        examiner.issuers().inherit(older.examiner.issuers());
        statuses.inherit(older.statuses);
    }

    /** What of this has to be closed if another configuration stays or takes its place, each part by itself. */
    List<Runnable> closings(TokenAuthenticator other) {
        return List.of(
                statuses::close,
                () -> examiner.issuers().closeAllBut(other.examiner.issuers().sources()),
                () -> possession.closeFor(other.possession),
                () -> revocation.closeFor(other.revocation));
    }

    @Override
    public void close() {
        statuses.close();
        examiner.issuers().closeAllBut(Set.of());
        possession.close();
        revocation.close();
    }
}
