package io.tokenguard.access;

import java.util.Locale;
import java.util.Set;

/**
 * Names of claims about a person, whose values are never shown. The audit event has a field for the subject, which can be
 * switched off; it never shows the others. Case, {@code _}, {@code -} and the beginning of a URL don't matter.
 */
final class PersonalClaims {
    /** OpenID Connect Core 1.0 §5.1, and the claims of common servers for the same. */
    private static final Set<String> NAMES = Set.of(
            "subject",
            "sub",
            "uid",
            "userid",
            "oid",
            "username",
            "preferredusername",
            "login",
            "loginname",
            "logonname",
            "loginhint",
            "upn",
            "userprincipalname",
            "nameid",
            "nameidentifier",
            "samaccountname",
            "onpremisessamaccountname",
            "uniquename",
            "name",
            "givenname",
            "firstname",
            "middlename",
            "familyname",
            "lastname",
            "surname",
            "fullname",
            "displayname",
            "commonname",
            "cn",
            "nickname",
            "email",
            "emails",
            "emailaddress",
            "mail",
            "verifiedprimaryemail",
            "verifiedsecondaryemail",
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "homephone",
            "telephone",
            "telephonenumber",
            "address",
            "streetaddress",
            "postaladdress",
            "postalcode",
            "birthdate",
            "birthday",
            "dateofbirth",
            "gender",
            "profile",
            "picture",
            "website",
            "ssn",
            "ipaddr",
            "act",
            "mayact");

    private PersonalClaims() {}

    static boolean has(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
        return NAMES.contains(last.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT));
    }
}
