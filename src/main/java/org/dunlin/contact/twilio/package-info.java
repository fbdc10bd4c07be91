/** The telephone company behind text messages and voice calls: one request per attempt, its answers judged, its webhooks verified. */
@org.springframework.modulith.NamedInterface("twilio")
package org.dunlin.contact.twilio;
