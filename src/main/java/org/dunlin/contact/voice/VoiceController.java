package org.dunlin.contact.voice;

import org.dunlin.contact.twilio.Reference;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Twilio asks what to do in a call. */
@RestController
class VoiceController {

    static final String KEY = "/twilio/voice/key";
    static final String REFERENCE = "contact";
    static final String TURN = "turn";

    private static final String XML = MediaType.TEXT_XML_VALUE + ";charset=UTF-8";

    private final VoiceDialogue dialogue;
    private final SpokenAnswer answer;

    VoiceController(VoiceDialogue dialogue, SpokenAnswer answer) {
        this.dialogue = dialogue;
        this.answer = answer;
    }

    @PostMapping(path = "/twilio/voice/answer", produces = XML)
    @Roles.Anonymous
    String answer(
            @RequestParam(REFERENCE) String contact,
            @RequestParam("CallSid") String sid,
            @RequestParam(name = "AnsweredBy", required = false) @Nullable String answeredBy) {
        return Reference.parse(contact)
                .map(reference -> dialogue.answered(reference, sid, answeredBy))
                .orElseGet(answer::hangUp);
    }

    @PostMapping(path = KEY, produces = XML)
    @Roles.Anonymous
    String key(
            @RequestParam(REFERENCE) String contact,
            @RequestParam(TURN) int turn,
            @RequestParam("CallSid") String sid,
            @RequestParam(name = "Digits", defaultValue = "") String digits) {
        return Reference.parse(contact)
                .map(reference -> dialogue.pressed(reference, sid, turn, digits))
                .orElseGet(answer::hangUp);
    }
}
