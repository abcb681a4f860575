package io.tokenguard.bench.token;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/**
 * Makes the quickest provider on the machine everyone's choice for a while: to fill a memory with a million tokens, each of
 * which is checked in full once. Not for use around anything that is measured.
 */
public final class FillingProvider {
    private FillingProvider() {}

    /** Runs with it, and takes it away again. */
    public static void during(Runnable filling) {
        Optional<Provider> quickest = CryptoProvider.quickest().provider();
        quickest.ifPresent(provider -> Security.insertProviderAt(provider, 1));
        try {
            filling.run();
        } finally {
            quickest.ifPresent(provider -> Security.removeProvider(provider.getName()));
        }
    }
}
