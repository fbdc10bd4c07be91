package org.dunlin.agency;

/**
 * A message to an agency, ready to be sent.
 *
 * @param body           plain text
 * @param attachmentName file name, made of our own numbers only
 * @param attachmentType media type
 * @param attachment     what goes out
 * @param kept           what we keep of it: of a hand-over the whole dossier, also where the agency wants a part of it only
 */
@SuppressWarnings("ArrayRecordComponent")
record Wording(
        String subject, String body, String attachmentName, String attachmentType, byte[] attachment, byte[] kept) {

    /** The same, of which another file than the present one turned out to be there already. */
    Wording asDelivered(byte[] found) {
        return new Wording(subject, body, attachmentName, attachmentType, found, kept == attachment ? found : kept);
    }
}
