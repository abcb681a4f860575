package io.tokenguard.internal.claims;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the access tokens of one kind of issuer look, and how they are told from its other tokens.
 *
 * @param required claims that are always there
 * @param alternatives groups of claims, of each of which at least one is there
 * @param markers claims with the values that mark an access token
 * @param forbidden claims that mark another kind of token
 * @param clientClaims claims that name the client, the first that is there
 * @param audienceClaims claims that name the recipients, the first that is there
 * @param clientMarkers claims with the values that say that the client acts for itself; no values mean any
 * @param userClaims claims that are there, each of them, when a client acts for a user
 */
public record TokenShape(
        Set<String> required,
        List<Set<String>> alternatives,
        Map<String, Set<String>> markers,
        Set<String> forbidden,
        List<String> clientClaims,
        List<String> audienceClaims,
        Map<String, Set<String>> clientMarkers,
        Set<String> userClaims) {

    /** What ID tokens (OpenID Connect Core §2, §3.1.3.6, §3.3.2.11) and security events (RFC 8417 §2.2) hold. */
    private static final Set<String> OF_OTHER_TOKENS = Set.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    /** Copies the collections. */
    public TokenShape {
        required = Set.copyOf(required);
        alternatives = List.copyOf(alternatives);
        markers = Map.copyOf(markers);
        forbidden = Set.copyOf(forbidden);
        clientClaims = List.copyOf(clientClaims);
        audienceClaims = List.copyOf(audienceClaims);
        clientMarkers = Map.copyOf(clientMarkers);
        userClaims = Set.copyOf(userClaims);
    }

    /** A shape with these claims, with an audience in {@code aud}, and without those that only other tokens hold. */
    public static TokenShape with(String... required) {
        return new TokenShape(
                Set.of(required), List.of(), Map.of(), OF_OTHER_TOKENS, List.of(), List.of("aud"), Map.of(), Set.of());
    }

    /** The same shape with further required claims. */
    public TokenShape requiring(Set<String> further) {
        Set<String> all = new HashSet<>(required);
        all.addAll(further);
        return new TokenShape(
                all, alternatives, markers, forbidden, clientClaims, audienceClaims, clientMarkers, userClaims);
    }

    /** The same shape with at least one of these claims. */
    public TokenShape withOneOf(String... claims) {
        List<Set<String>> all = new ArrayList<>(alternatives);
        all.add(Set.of(claims));
        return new TokenShape(
                required, all, markers, forbidden, clientClaims, audienceClaims, clientMarkers, userClaims);
    }

    /** The same shape with a claim that has one of these values. */
    public TokenShape marked(String claim, String... values) {
        Map<String, Set<String>> all = new HashMap<>(markers);
        all.put(claim, Set.of(values));
        return new TokenShape(
                required, alternatives, all, forbidden, clientClaims, audienceClaims, clientMarkers, userClaims);
    }

    /** How answers about such tokens look: what the kind of issuer adds to them is not theirs, the client is where RFC 7662 says. */
    TokenShape inAnswers(Set<String> requiredThere) {
        List<String> clients = new ArrayList<>(clientClaims);
        clients.remove("client_id");
        clients.add(0, "client_id");
        return new TokenShape(
                requiredThere, List.of(), Map.of(), forbidden, clients, audienceClaims, Map.of(), Set.of());
    }

    /** The same shape with the client in the first of these claims that is there. */
    public TokenShape clientIn(String... claims) {
        return new TokenShape(
                required, alternatives, markers, forbidden, List.of(claims), audienceClaims, clientMarkers, userClaims);
    }

    /** The same shape with the recipients in the first of these claims that is there. */
    public TokenShape audienceIn(String... claims) {
        return new TokenShape(
                required, alternatives, markers, forbidden, clientClaims, List.of(claims), clientMarkers, userClaims);
    }

    /** The same shape with a claim that says, by one of these values or by any, that the client acts for itself. */
    public TokenShape clientActsIf(String claim, String... values) {
        return new TokenShape(
                required,
                alternatives,
                markers,
                forbidden,
                clientClaims,
                audienceClaims,
                Map.of(claim, Set.of(values)),
                userClaims);
    }

    /** The same shape with a claim that is there whenever a client acts for a user. */
    public TokenShape userActsOnlyWith(String claim) {
        return new TokenShape(
                required, alternatives, markers, forbidden, clientClaims, audienceClaims, clientMarkers, Set.of(claim));
    }
}
