package io.tokenguard.internal.jose;

import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/** Cryptographic providers with native code on the class path. Does not install them in the JVM. */
final class NativeProviders {
    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private NativeProviders() {}

    /** Those that are present, the fastest first. */
    static List<Provider> present() {
        List<Provider> present = new ArrayList<>();
        OptionalProvider.ofClass(CORRETTO).ifPresent(present::add);
        conscrypt().ifPresent(present::add);
        return present;
    }

    private static Optional<Provider> conscrypt() {
        try {
            return Optional.of(Conscrypt.newProvider());
        } catch (LinkageError absent) {
            return Optional.empty();
        }
    }
}
