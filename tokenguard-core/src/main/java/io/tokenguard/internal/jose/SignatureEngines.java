package io.tokenguard.internal.jose;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects providers that verify signatures. A provider other than the platform has to pass all {@link KnownAnswers} of an
 * algorithm, or it is not used for it.
 */
public final class SignatureEngines {
    /** The known answer that only providers get wrong which accept several encodings of an RSA signature. */
    private static final String LENIENT = "no-null";

    private SignatureEngines() {}

    /**
     * The selected providers.
     *
     * @param engine verifies signatures
     * @param mistakes why a present provider is not used for an algorithm
     * @param isPlatform whether no other provider is present
     */
    public record Found(SignatureEngine engine, List<String> mistakes, boolean isPlatform) {
        /** The same with Bouncy Castle, if it is there, for the needed algorithms that the others lack. */
        public Found completedFor(Set<SignatureAlgorithm> needed) {
            Set<SignatureAlgorithm> missing = needed.stream()
                    .filter(algorithm -> !engine.covers(algorithm))
                    .collect(Collectors.toUnmodifiableSet());
            if (missing.isEmpty()) {
                return this;
            }
            return OptionalProvider.isBouncyCastleInstalled() || !OnClassPath.TESTED.containsAll(missing)
                    ? OptionalProvider.bouncyCastle()
                            .map(provider -> completedFor(missing, provider))
                            .orElse(this)
                    : missing.stream()
                            .map(OnClassPath.FOUND::get)
                            .filter(Objects::nonNull)
                            .reduce(this, Found::with);
        }

        Found completedFor(Set<SignatureAlgorithm> missing, Provider provider) {
            return with(found(new EnumMap<>(SignatureAlgorithm.class), missing, List.of(provider)));
        }

        private Found with(Found more) {
            return new Found(
                    engine.with(more.engine()),
                    Stream.concat(mistakes.stream(), more.mistakes().stream()).toList(),
                    false);
        }
    }

    /**
     * What Bouncy Castle on the class path is right about, by algorithm; empty if it is absent. The class path does not change: it is
     * tested once in a process, by the first guard that needs it.
     */
    private static final class OnClassPath {
        static final Set<SignatureAlgorithm> TESTED =
                EnumSet.complementOf(EnumSet.copyOf(SignatureAlgorithm.defaults()));
        static final Map<SignatureAlgorithm, Found> FOUND = OptionalProvider.bouncyCastle()
                .map(provider -> TESTED.stream()
                        .collect(Collectors.toMap(
                                algorithm -> algorithm,
                                algorithm -> found(
                                        new EnumMap<>(SignatureAlgorithm.class),
                                        Set.of(algorithm),
                                        List.of(provider)))))
                .orElse(Map.of());

        private OnClassPath() {}
    }

    /** The platform alone. */
    public static Found platform() {
        return new Found(SignatureEngine.platform(), List.of(), true);
    }

    /**
     * By the first native provider that is present and passes the tests, else by the platform, algorithm by algorithm. The class
     * path does not change: providers are tested once in a process, by the first guard that may use them.
     */
    public static Found fastest() {
        return Fastest.FOUND;
    }

    private static final class Fastest {
        static final Found FOUND = fastest(NativeProviders.present());

        private Fastest() {}
    }

    static Found fastest(List<Provider> present) {
        return present.isEmpty()
                ? platform()
                : found(PlatformProvider.schemes(), SignatureAlgorithm.defaults(), present);
    }

    /**
     * One provider that is installed in the JVM, or a native one on the class path.
     *
     * @throws ConfigurationException if there is none of that name
     */
    public static Found named(String name) {
        return Optional.ofNullable(Security.getProvider(name))
                .or(() -> onClassPath(name))
                .map(SignatureEngines::by)
                .orElseThrow(
                        () -> ConfigurationException.of(
                                "tokenguard.crypto-provider",
                                name,
                                "there is no such provider; install it in the JVM, put it on the class path, or set auto or jdk"));
    }

    private static Optional<Provider> onClassPath(String name) {
        return Stream.concat(NativeProviders.present().stream(), OptionalProvider.bouncyCastle().stream())
                .filter(provider -> provider.getName().equals(name))
                .findFirst();
    }

    /** One provider. Where it accepts several encodings of an RSA signature, TokenGuard checks the encoding too. */
    public static Found by(Provider provider) {
        Found found = found(
                new EnumMap<>(SignatureAlgorithm.class), EnumSet.allOf(SignatureAlgorithm.class), List.of(provider));
        Map<SignatureAlgorithm, SignatureScheme> strict = new EnumMap<>(SignatureAlgorithm.class);
        List<String> mistakes = new ArrayList<>(found.mistakes());
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (mistakes.remove(mistake(provider, algorithm, LENIENT))) {
                scheme(provider, algorithm)
                        .flatMap(lenient -> StrictEncodingScheme.of(algorithm, lenient))
                        .ifPresent(scheme -> strict.put(algorithm, scheme));
            }
        }
        return new Found(found.engine().with(new SignatureEngine(strict)), List.copyOf(mistakes), false);
    }

    private static String mistake(Provider provider, SignatureAlgorithm algorithm, String wrong) {
        return provider.getName() + " is wrong about " + algorithm + ": " + wrong;
    }

    private static Found found(
            Map<SignatureAlgorithm, SignatureScheme> schemes,
            Set<SignatureAlgorithm> algorithms,
            List<Provider> present) {
        KnownAnswers answers = KnownAnswers.read();
        List<String> mistakes = new ArrayList<>();
        for (SignatureAlgorithm algorithm : algorithms) {
            firstRight(present, algorithm, answers, mistakes).ifPresent(scheme -> schemes.put(algorithm, scheme));
        }
        return new Found(new SignatureEngine(schemes), List.copyOf(mistakes), false);
    }

    private static Optional<SignatureScheme> firstRight(
            List<Provider> present, SignatureAlgorithm algorithm, KnownAnswers answers, List<String> mistakes) {
        for (Provider provider : present) {
            Optional<SignatureScheme> scheme = scheme(provider, algorithm);
            Optional<String> mistake = scheme.flatMap(offered -> answers.mistakeOf(offered, algorithm));
            mistake.ifPresent(wrong -> mistakes.add(mistake(provider, algorithm, wrong)));
            if (scheme.isPresent() && mistake.isEmpty()) {
                return scheme;
            }
        }
        return Optional.empty();
    }

    private static Optional<SignatureScheme> scheme(Provider provider, SignatureAlgorithm algorithm) {
        if (algorithm.isHmac()) {
            return HmacScheme.at(provider, algorithm);
        }
        JcaAlgorithm known = JcaAlgorithm.of(algorithm);
        return known.nameAt(provider).map(name -> new JcaScheme(known, name, Optional.of(provider)));
    }
}
