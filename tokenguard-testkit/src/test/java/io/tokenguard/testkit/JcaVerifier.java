package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Verifies compact tokens by RFC 7518 §3 and the JCA alone; ECDSA through DER, which the signing side never sees. */
final class JcaVerifier {
    private JcaVerifier() {}

    static boolean verifies(String compact, String alg, PublicKey key) throws GeneralSecurityException {
        String[] parts = compact.split("\\.", -1);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        Signature verifier = verifier(alg);
        verifier.initVerify(key);
        verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        return verifier.verify(alg.startsWith("ES") ? der(signature) : signature);
    }

    private static Signature verifier(String alg) throws GeneralSecurityException {
        if (alg.startsWith("Ed")) {
            return Signature.getInstance("EdDSA");
        }
        if (alg.equals("ES256K")) {
            return Signature.getInstance("SHA256withECDSA", new BouncyCastleProvider());
        }
        if (alg.startsWith("ML-DSA")) {
            return Security.getProviders("Signature." + alg) == null
                    ? Signature.getInstance(alg, new BouncyCastleProvider())
                    : Signature.getInstance(alg);
        }
        String bits = alg.substring(2);
        if (alg.startsWith("PS")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            int salt = Integer.parseInt(bits) / 8;
            pss.setParameter(
                    new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), salt, 1));
            return pss;
        }
        return Signature.getInstance("SHA" + bits + "with" + (alg.startsWith("RS") ? "RSA" : "ECDSA"));
    }

    private static byte[] der(byte[] rAndS) {
        int half = rAndS.length / 2;
        byte[] r = integer(Arrays.copyOfRange(rAndS, 0, half));
        byte[] s = integer(Arrays.copyOfRange(rAndS, half, rAndS.length));
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(0x30);
        if (r.length + s.length > 127) {
            der.write(0x81);
        }
        der.write(r.length + s.length);
        der.writeBytes(r);
        der.writeBytes(s);
        return der.toByteArray();
    }

    private static byte[] integer(byte[] unsigned) {
        byte[] value = new BigInteger(1, unsigned).toByteArray();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(0x02);
        der.write(value.length);
        der.writeBytes(value);
        return der.toByteArray();
    }
}
