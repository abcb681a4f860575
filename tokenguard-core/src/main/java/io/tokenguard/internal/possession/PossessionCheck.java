package io.tokenguard.internal.possession;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.RefusedException.Finding;
import io.tokenguard.internal.request.PresentedCredentials;
import io.tokenguard.internal.waiting.WouldWaitException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks whether the sender of a token may use it. A bound token is never accepted as a bearer token (RFC 9449 §7.2, RFC 8705
 * §3), nor a bearer token as a bound one (RFC 9449 §7.1); a token with two bindings needs both proofs. Thread-safe.
 */
public final class PossessionCheck {
    private final boolean demandsBinding;
    private final BindingSupport mode;
    private final DpopCheck dpop;
    private final BindingSupport certificateMode;
    private final CertificateCheck certificate;
    private final Optional<NonceIssuer> nonces;
    private final UsedProofs proofs;
    private final boolean mayWait;

    /** A check with a policy. */
    public PossessionCheck(PossessionPolicy policy) {
        this.demandsBinding = policy.demandsBinding();
        this.mode = policy.dpop().mode();
        this.dpop = new DpopCheck(policy);
        this.certificateMode = policy.certificates().mode();
        this.certificate = new CertificateCheck(policy.certificates().certificates());
        this.nonces = policy.nonces();
        this.proofs = policy.proofs();
        this.mayWait = true;
    }

    private PossessionCheck(PossessionCheck shared) {
        this.demandsBinding = shared.demandsBinding;
        this.mode = shared.mode;
        this.dpop = shared.dpop;
        this.certificateMode = shared.certificateMode;
        this.certificate = shared.certificate;
        this.nonces = shared.nonces;
        this.proofs = shared.proofs;
        this.mayWait = false;
    }

    /** The same proofs, for decisions that must not wait. Must not be closed: the other check closes the store. */
    public PossessionCheck withoutWaiting() {
        return new PossessionCheck(this);
    }

    /**
     * Requires that the sender of a token may use it. {@link #spend} checks later that the proof was not used before.
     *
     * @throws RefusedException if the sender may not
     */
    public ProvenToken check(IncomingRequest request, PresentedCredentials credentials, AccessToken token)
            throws RefusedException {
        TokenBinding binding = TokenBinding.of(token);
        if (demandsBinding && binding.isNone()) {
            throw unbound("jkt or x5t#S256");
        }
        Optional<Confirmation.Certificate> certificate = requireCertificate(request, binding);
        ProvenToken held = requireKey(request, credentials, token, binding);
        return certificate.isPresent() ? held.confirmedBy(certificate.get()) : held;
    }

    private Optional<Confirmation.Certificate> requireCertificate(IncomingRequest request, TokenBinding binding)
            throws RefusedException {
        if (binding.certificateThumbprint().isEmpty()) {
            requireNoCertificateNeeded();
            return Optional.empty();
        }
        if (certificateMode == BindingSupport.OFF) {
            throw new RefusedException(
                    RefusalReason.BINDING_UNSUPPORTED,
                    "x5t#S256",
                    () -> Finding.of("cnf with x5t#S256", "no such binding: tokenguard.mtls.mode is off")
                            .by("tokenguard.mtls.mode"));
        }
        return Optional.of(
                certificate.check(request, binding.certificateThumbprint().get()));
    }

    private void requireNoCertificateNeeded() throws RefusedException {
        if (certificateMode == BindingSupport.REQUIRED) {
            throw new RefusedException(
                    RefusalReason.BINDING_REQUIRED,
                    "x5t#S256",
                    () -> Finding.of("no cnf with x5t#S256", "cnf with x5t#S256")
                            .by("tokenguard.mtls.mode"));
        }
    }

    private ProvenToken requireKey(
            IncomingRequest request, PresentedCredentials credentials, AccessToken token, TokenBinding binding)
            throws RefusedException {
        boolean isDpop = credentials instanceof PresentedCredentials.Dpop;
        if (binding.keyThumbprint().isEmpty()) {
            requireBearer(isDpop);
            return ProvenToken.of(token);
        }
        if (mode == BindingSupport.OFF) {
            throw new RefusedException(
                    RefusalReason.BINDING_UNSUPPORTED,
                    "jkt",
                    () -> Finding.of("cnf with jkt", "no such binding: tokenguard.dpop.mode is off")
                            .by("tokenguard.dpop.mode"));
        }
        if (!isDpop) {
            throw new RefusedException(
                    RefusalReason.BINDING_DOWNGRADE,
                    "",
                    () -> Finding.of(
                            credentials instanceof PresentedCredentials.Cookie
                                    ? "a token with cnf.jkt in a cookie"
                                    : "a token with cnf.jkt under the scheme Bearer",
                            "the scheme DPoP, and a proof in the field DPoP"));
        }
        return dpop.check(
                request, credentials.token(), token, binding.keyThumbprint().get());
    }

    private static RefusedException unbound(String methods) {
        return new RefusedException(
                RefusalReason.BINDING_REQUIRED, "", () -> Finding.of("no cnf with " + methods, "cnf with " + methods));
    }

    private void requireBearer(boolean isDpop) throws RefusedException {
        if (isDpop) {
            throw new RefusedException(
                    RefusalReason.BINDING_MISSING,
                    "jkt",
                    () -> Finding.of(
                            "a token without cnf.jkt under the scheme DPoP",
                            "the scheme Bearer, or a token with cnf.jkt"));
        }
        if (mode == BindingSupport.REQUIRED) {
            throw unbound("jkt");
        }
    }

    /**
     * Requires a bearer token: for callers without a request.
     *
     * @throws RefusedException if it has a confirmation, whatever that contains
     */
    public void requireUnbound(AccessToken token) throws RefusedException {
        if (token.claims().get("cnf") != null) {
            throw new RefusedException(RefusalReason.BINDING_DOWNGRADE, "no request to prove it with");
        }
        if (demandsBinding) {
            throw unbound("jkt or x5t#S256");
        }
        requireBearer(false);
        requireNoCertificateNeeded();
    }

    /**
     * Ends a decision that must not wait, if {@link #spend} would.
     *
     * @throws WouldWaitException if it would wait
     */
    public void requireNoWait(ProvenToken held) {
        if (!mayWait && held.use().isPresent() && proofs.areShared()) {
            throw new WouldWaitException(true);
        }
    }

    /**
     * Uses up the proof of a token. Call it last, when nothing else can refuse the request: a refused request uses up no
     * proof.
     *
     * @throws RefusedException if it was used before, if that is not known, or if its key has used up its share of the store
     *     (RFC 9449 §11.1)
     */
    public void spend(ProvenToken held) throws RefusedException {
        if (held.use().isEmpty()) {
            return;
        }
        requireNoWait(held);
        ProofUse use = held.use().get();
        Duration wait = proofs.waitFor(use);
        if (!wait.isZero()) {
            throw RefusedException.until(
                    RefusalReason.REPLAY_STORE_UNAVAILABLE, "share of this key is used up: dpop.replay-capacity", wait);
        }
        switch (proofs.use(use)) {
            case FIRST -> {}
            case REPEATED -> throw new RefusedException(RefusalReason.PROOF_REPLAYED);
            case UNKNOWN -> throw unknown();
        }
    }

    private RefusedException unknown() {
        Duration wait = proofs.untilKnown();
        return wait.isZero()
                ? new RefusedException(RefusalReason.REPLAY_STORE_UNAVAILABLE)
                : RefusedException.until(
                        RefusalReason.REPLAY_STORE_UNAVAILABLE,
                        "earlier uses of proofs were lost: dpop.clock-skew",
                        wait);
    }

    /** Takes effect, replacing an older check if there is one. Can't fail. */
    public void succeed(Optional<PossessionCheck> older, Instant now) {
        proofs.succeed(older.map(check -> check.proofs), now);
    }

    /** Closes the shared store of proofs. */
    public void close() {
        proofs.close();
    }

    /** Closes the shared store of proofs, unless a newer check uses it. */
    public void closeFor(PossessionCheck newer) {
        proofs.closeFor(newer.proofs);
    }

    /** The nonce for the next proof; empty if none is required. */
    public Optional<String> nonce() {
        return nonces.map(NonceIssuer::current);
    }
}
