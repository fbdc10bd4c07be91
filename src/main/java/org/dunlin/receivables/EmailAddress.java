package org.dunlin.receivables;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address that a mail server can be asked to send to; the domain in ASCII. */
public record EmailAddress(String text) {

    /** Quoted local parts may hold anything, line ends too: nobody has such an address in a ledger. */
    private static final Pattern PLAIN =
            Pattern.compile("[^\\s\\p{Cntrl}\"(),:;<>\\[\\]\\\\@]{1,64}@[^\\s\\p{Cntrl}@]{1,255}");

    private static final Pattern DOMAIN = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]", Pattern.CASE_INSENSITIVE);

    /** Empty when there is none or it cannot be one. Whether its domain exists is for the mail server to find out. */
    public static Optional<EmailAddress> parse(@Nullable String text) {
        if (text == null || !PLAIN.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        String address = text.strip();
        int at = address.indexOf('@');
        try {
            String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            String ascii = address.substring(0, at + 1) + domain;
            new InternetAddress(ascii, true).validate();
            return DOMAIN.matcher(domain).matches() ? Optional.of(new EmailAddress(ascii)) : Optional.empty();
        } catch (AddressException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String domain() {
        return text.substring(text.indexOf('@') + 1);
    }
}
