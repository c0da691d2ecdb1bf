// Package worksheetweb is phiếu rà soát in the browser: the whole sheet of a
// commune, a page for each criterion on which it is filled in, and the forms by
// which values are saved, kept from an earlier period, questioned and sent.
//
// Each quantity is a form of its own, saved by itself. Without scripts its
// button loads the page again; with them the script unsent saves as soon as a
// field was left, keeps on the device what did not reach the server, and puts
// the answer in place.
package worksheetweb
