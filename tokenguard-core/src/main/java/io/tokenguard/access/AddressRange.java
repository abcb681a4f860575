package io.tokenguard.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A range of numeric IP addresses with a common prefix (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param length the number of bytes of an address: 4 for IPv4, 16 for IPv6
 * @param prefix the common prefix bits, as a number
 * @param shift the number of bits after the prefix
 */
public record AddressRange(int length, BigInteger prefix, int shift) {
    private static final int LONGEST_ADDRESS = 45;
    private static final int VERSION_4 = 4;

    /** The bits before the IPv4 address in an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
    private static final int MAPPED = 96;

    /**
     * Reads an address, or a range such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}. A range of IPv4-mapped IPv6 addresses
     * is one of IPv4: {@code ::ffff:10.0.0.0/104} is {@code 10.0.0.0/8}.
     *
     * @throws ConfigurationException if the text is neither, or if bits after the prefix are set
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = bytes(address).orElseThrow(() -> wrong(text));
        int bits = slash < 0 ? bytes.length * 8 : bits(text, text.substring(slash + 1));
        if (slash >= 0 && bytes.length == VERSION_4 && address.indexOf(':') >= 0) {
            bits = mappedBits(text, bits);
        }
        if (bits > bytes.length * 8) {
            throw wrong(text);
        }
        int shift = bytes.length * 8 - bits;
        BigInteger number = new BigInteger(1, bytes);
        if (number.getLowestSetBit() >= 0 && number.getLowestSetBit() < shift) {
            throw ConfigurationException.of("client-address", text, "clear the bits behind the prefix, or lengthen it");
        }
        return new AddressRange(bytes.length, number.shiftRight(shift), shift);
    }

    /**
     * The range of one address.
     *
     * @return the range; empty if the text is not a numeric address. Host names are never resolved
     */
    public static Optional<AddressRange> of(String address) {
        return bytes(address).map(bytes -> new AddressRange(bytes.length, new BigInteger(1, bytes), 0));
    }

    /**
     * The network that an address is in: 24 bits of IPv4, 48 bits of IPv6.
     *
     * @return the network; empty if the text is not a numeric address. Host names are never resolved
     */
    public static Optional<AddressRange> network(String address) {
        return bytes(address).map(AddressRange::network);
    }

    private static AddressRange network(byte[] bytes) {
        int shift = bytes.length * 8 - (bytes.length == VERSION_4 ? 24 : 48);
        return new AddressRange(bytes.length, new BigInteger(1, bytes).shiftRight(shift), shift);
    }

    /** Whether the range contains an address; false if the text is not a numeric address. Host names are never resolved. */
    public boolean holds(String address) {
        return bytes(address)
                .filter(bytes -> bytes.length == length)
                .filter(bytes -> new BigInteger(1, bytes).shiftRight(shift).equals(prefix))
                .isPresent();
    }

    /** Whether the range contains every address of another one. */
    public boolean holds(AddressRange other) {
        return other.length == length
                && other.shift <= shift
                && other.prefix.shiftRight(shift - other.shift).equals(prefix);
    }

    /** The range as {@link #parse} reads it. */
    @Override
    public String toString() {
        byte[] number = prefix.shiftLeft(shift).toByteArray();
        byte[] bytes = new byte[length];
        int copied = Math.min(length, number.length);
        System.arraycopy(number, number.length - copied, bytes, length - copied, copied);
        String address = text(bytes);
        return shift == 0 ? address : address + "/" + (length * 8 - shift);
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException wrongLength) {
            return HexFormat.of().formatHex(address);
        }
    }

    private static int bits(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static int mappedBits(String text, int bits) {
        if (bits < MAPPED) {
            throw ConfigurationException.of(
                    "client-address",
                    text,
                    "a range of IPv4-mapped addresses has at least 96 bits; write the range of IPv4, such as 10.0.0.0/8");
        }
        return bits - MAPPED;
    }

    private static ConfigurationException wrong(String text) {
        return ConfigurationException.of(
                "client-address", text, "write a numeric address or a range such as 192.0.2.0/24 or 2001:db8::/32");
    }

    /** The bytes of a numeric address. Only numeric text reaches {@code getByName}, so that no host name is resolved. */
    private static Optional<byte[]> bytes(String address) {
        boolean isShort = address.length() <= LONGEST_ADDRESS;
        if (!isShort || !(isVersion4(address) || isLikeVersion6(address))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isVersion4(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean isNumber =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!isNumber || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /**
     * The platform never resolves text with a colon that begins with a digit or a colon as a host name: it is an IPv6 address
     * or an error.
     */
    static boolean isLikeVersion6(String address) {
        return address.indexOf(':') >= 0
                && address.charAt(0) != '.'
                && address.chars().allMatch(c -> (c < 0x80 && Character.digit(c, 16) >= 0) || c == ':' || c == '.');
    }
}
