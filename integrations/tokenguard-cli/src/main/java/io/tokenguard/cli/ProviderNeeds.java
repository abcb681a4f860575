package io.tokenguard.cli;

import java.security.Security;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Algorithms that no supported Java platform verifies, or only the newest, and whether Bouncy Castle is here to do so. The class
 * path of the command line is not that of the server.
 *
 * @param hasBouncyCastle whether it is on the class path of this command
 */
record ProviderNeeds(boolean hasBouncyCastle) {
    static final String REMEDY =
            "is verified by Bouncy Castle only: put org.bouncycastle:bcprov-jdk18on on the class path of"
                    + " the server, and leave tokenguard.crypto-provider at auto or set it to BC";

    private static final int FIRST_WITH_ML_DSA = 24;
    private static final Set<String> ML_DSA = Set.of("ML-DSA-44", "ML-DSA-65", "ML-DSA-87");
    private static final String OF_ISSUER = "algorithms";
    private static final String OF_PROOFS = "tokenguard.dpop.algorithms";

    /** An algorithm that every platform has, for an issuer that would be left without any. */
    private static final String COMMON = "ES256";

    /** Those of this process. */
    static ProviderNeeds here() {
        return new ProviderNeeds(Security.getProvider("BC") != null || isOnClassPath());
    }

    private static boolean isOnClassPath() {
        try {
            Class.forName(
                    "org.bouncycastle.jce.provider.BouncyCastleProvider", false, ProviderNeeds.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Whether this Java platform lacks an algorithm that Bouncy Castle has. */
    static boolean isOfBouncyCastle(String algorithm) {
        return algorithm.equals("ES256K")
                || (ML_DSA.contains(algorithm) && Runtime.version().feature() < FIRST_WITH_ML_DSA);
    }

    /** The same configuration, without the algorithms that no provider here has. */
    Configuration buildable(Configuration configuration) {
        Map<String, String> changed = new LinkedHashMap<>();
        needs(configuration).forEach((key, needed) -> {
            String rest = names(configuration.value(key).orElse(""))
                    .filter(name -> !needed.contains(name))
                    .collect(Collectors.joining(","));
            changed.put(key, rest.isEmpty() ? COMMON : rest);
        });
        return hasBouncyCastle ? configuration : configuration.with(changed);
    }

    /** What the keys of issuers begin with of whose algorithms no provider here has some. */
    Set<String> incomplete(Configuration configuration) {
        if (hasBouncyCastle) {
            return Set.of();
        }
        Set<String> needing = needs(configuration).keySet();
        return configuration.issuerPrefixes().stream()
                .filter(prefix -> needing.contains(prefix + OF_ISSUER) || needing.contains("tokenguard." + OF_ISSUER))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names each setting with an algorithm that needs Bouncy Castle. */
    void report(Configuration configuration, Report report) {
        needs(configuration).forEach((key, needed) -> {
            String algorithms = String.join(", ", needed);
            if (hasBouncyCastle) {
                report.note(
                        "provider",
                        key,
                        algorithms + " is verified here by Bouncy Castle, which is on the class path of this command",
                        "put org.bouncycastle:bcprov-jdk18on on the class path of the server too: it does not start without it");
            } else {
                report.warning(
                        "provider",
                        key,
                        algorithms
                                + " is verified by Bouncy Castle only, which is not on the class path of this command, so"
                                + " it can't be checked here",
                        "put org.bouncycastle:bcprov-jdk18on on the class path of the server, which does not start without it;"
                                + " to check it here: java -cp tokenguard-cli.jar:bcprov.jar io.tokenguard.cli.Cli doctor");
            }
        });
    }

    /** The algorithms that need Bouncy Castle, by the settings that name them. */
    private static Map<String, Set<String>> needs(Configuration configuration) {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        configuration.properties().forEach((key, value) -> {
            Set<String> needed =
                    names(value).filter(ProviderNeeds::isOfBouncyCastle).collect(Collectors.toCollection(TreeSet::new));
            if (isOfAlgorithms(key) && !needed.isEmpty()) {
                needs.put(key, needed);
            }
        });
        return needs;
    }

    private static boolean isOfAlgorithms(String key) {
        return key.equals("tokenguard." + OF_ISSUER)
                || key.equals(OF_PROOFS)
                || (key.startsWith("tokenguard.issuers.") && key.endsWith("." + OF_ISSUER));
    }

    private static Stream<String> names(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip);
    }
}
