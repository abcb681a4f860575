package io.tokenguard.internal.assembly;

import io.tokenguard.access.AddressRange;
import io.tokenguard.config.Revocations.FailurePolicy;
import io.tokenguard.config.StatusLists;
import io.tokenguard.internal.settings.CookieSettings;
import io.tokenguard.internal.settings.GuardSettings;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import io.tokenguard.internal.settings.WithdrawalSettings;
import java.util.ArrayList;
import java.util.List;

/** Lists the settings of the guard that turn off a check or accept what is refused by default, with the cost of each. */
final class WeakenedChecks {
    /** No private network is wider: 10.0.0.0/8 (RFC 1918 §3), fc00::/7 (RFC 4193 §3.1). */
    private static final int SHORTEST_PREFIX = 7;

    private WeakenedChecks() {}

    static List<String> of(GuardSettings settings) {
        List<String> costs = new ArrayList<>();
        WithdrawalSettings withdrawal = settings.withdrawal();
        if (withdrawal.revocations().outage() == FailurePolicy.FAIL_OPEN) {
            costs.add("revocation.outage fail-open: while revocations can't be checked, revoked tokens are accepted");
        }
        if (withdrawal.statusLists().mode() == StatusLists.Mode.OFF) {
            costs.add("status-list.mode off: tokens that their issuer has revoked in a status list are accepted");
        }
        if (withdrawal.logout().acceptsUntypedTokens()) {
            costs.add("logout.accept-untyped true: the type no longer distinguishes logout tokens from other tokens");
        }
        if (settings.api().requests().passesPreflight()) {
            costs.add("pass-cors-preflight true: CORS preflights reach the application without a token");
        }
        if (settings.api().requests().readsProtocols()) {
            costs.add("accept-token-in-websocket-protocol true: WebSocket clients may send tokens in"
                    + " Sec-WebSocket-Protocol, a field that proxies, servers and tools log as it is");
        }
        CookieSettings cookies = settings.api().requests().cookies();
        if (cookies.acceptsSameSite()) {
            costs.add(
                    "cookie.accept-same-site true: pages of every host of the site can use the API in the user's name, those of"
                            + " a host that was taken over, too");
        }
        cookies.customField()
                .ifPresent(
                        name -> costs.add(
                                "cookie.accept-custom-field " + name
                                        + ": without Sec-Fetch-Site and Origin, the field alone protects from requests of other sites"));
        for (IssuerSettings issuer : settings.issuers()) {
            if (issuer.tokens().credentials().fromAnyAddress()) {
                costs.add("credentials.accept-from-any-address true: the header fields "
                        + issuer.tokens().credentials().headers()
                        + " count in requests of any client, who can then send a token that no proxy has seen");
            }
            if (issuer.keys().location() instanceof KeyLocation.Secret) {
                costs.add("hmac-secret-file: everyone who can verify tokens of " + issuer.issuer()
                        + " can also make them");
            }
            if (issuer.tokens().audience().mayBeMissing()) {
                costs.add("accept-tokens-without-audience true: tokens of " + issuer.issuer()
                        + " without an audience are accepted, those for other APIs too");
            }
            if (issuer.tenants().texts().mayBeMissing()) {
                costs.add(
                        "accept-tokens-without-issuer true: tokens without iss count as tokens of " + issuer.issuer());
            }
        }
        settings.api().requests().proxies().stream()
                .filter(range -> bits(range) < SHORTEST_PREFIX)
                .forEach(range -> costs.add("trusted-proxies: a range with a prefix of " + bits(range)
                        + " bits includes addresses on the Internet, whose clients can then set the client address, the"
                        + " host, TLS and the certificate of a request; list the proxies"));
        return costs;
    }

    private static int bits(AddressRange range) {
        return range.length() * Byte.SIZE - range.shift();
    }
}
