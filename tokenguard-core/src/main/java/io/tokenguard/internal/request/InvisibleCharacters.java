package io.tokenguard.internal.request;

/**
 * Finds characters in paths that nobody sees and that one reader may drop and another keep: control characters, line and
 * paragraph separators, and format characters (Unicode general categories Cc, Zl, Zp, Cf).
 *
 * <p>Not among them are joiners after a letter, mark or symbol outside ASCII, where the spelling of Persian, Urdu, Mongolian and
 * the languages of India and of emoji needs them (Unicode Standard Annex #31 §2.3), and format characters that are visible.
 */
final class InvisibleCharacters {
    private static final String JOINERS = "\u200C\u200D\u180E";

    private InvisibleCharacters() {}

    /** Whether a text contains one. */
    static boolean areIn(CharSequence text) {
        int previous = 0;
        for (int codePoint : text.codePoints().toArray()) {
            boolean isNeeded = JOINERS.indexOf(codePoint) >= 0 && canBeJoined(previous);
            if (!isNeeded && isInvisible(codePoint)) {
                return true;
            }
            previous = codePoint;
        }
        return false;
    }

    /** The text without joiners: the name that a reader sees who drops them. */
    static String withoutJoiners(String text) {
        boolean hasOne = JOINERS.chars().anyMatch(joiner -> text.indexOf(joiner) >= 0);
        if (!hasOne) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        text.chars().filter(c -> JOINERS.indexOf(c) < 0).forEach(c -> rest.append((char) c));
        return rest.toString();
    }

    private static boolean canBeJoined(int codePoint) {
        return codePoint >= 0x80
                && switch (Character.getType(codePoint)) {
                    case Character.OTHER_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.OTHER_SYMBOL,
                            Character.MODIFIER_SYMBOL -> true;
                    default -> false;
                };
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT -> !isVisibleFormat(codePoint);
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Signs that stand before or around numbers (Unicode property Prepended_Concatenation_Mark). */
    private static boolean isVisibleFormat(int codePoint) {
        return switch (codePoint) {
            case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F -> true;
            case 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD -> true;
            default -> false;
        };
    }
}
