package io.tokenguard.elsewhere;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Puts BouncyCastle first among the cryptographic providers, before any test, where the build asks for it. */
public final class ForeignProviderFirst implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("test.elsewhere")) {
            Security.insertProviderAt(new BouncyCastleProvider(), 1);
        }
    }
}
