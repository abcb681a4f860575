package io.tokenguard.internal.jose;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A cryptographic provider that finds every signature good, of whatever name and standing. */
public final class GullibleProvider extends Provider {
    private static final long serialVersionUID = 1L;

    public GullibleProvider(String name) {
        super(name, "1", "says yes");
        for (String algorithm : List.of("SHA256withRSA", "RSASSA-PSS", "SHA256withECDSA", "EdDSA", "Ed25519")) {
            putService(new Provider.Service(this, "Signature", algorithm, "Yes", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Yes();
                }
            });
        }
    }

    /** Lets it stand first while something runs; a provider of the same name is away for that time. */
    void standFirstDuring(Runnable work) {
        Provider replaced = Security.getProvider(getName());
        int place = Arrays.asList(Security.getProviders()).indexOf(replaced) + 1;
        Security.removeProvider(getName());
        Security.insertProviderAt(this, 1);
        try {
            work.run();
        } finally {
            Security.removeProvider(getName());
            if (replaced != null) {
                Security.insertProviderAt(replaced, place);
            }
        }
    }

    private static final class Yes extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
