/**
 * One page about a customer for whoever talks to them: the picture, how to find it, and what can be done from it; and the same picture for
 * the form of a call.
 */
package org.dunlin.desk.customer;
