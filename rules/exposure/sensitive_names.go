package exposure

import "strings"

// isPersonal reports whether a column's name is one that holds personal data,
// or a secret, in one application and something harmless in another: it counts
// where nothing guards the rows at all.
func isPersonal(column string) bool {
	return personal[squeezed(column)]
}

// isSecret reports whether a column's name, in any way of writing it, is one
// of those that hold secrets.
func isSecret(column string) bool {
	return secrets[squeezed(column)]
}

// invites reports whether a column lets in whoever knows it: the token or code
// of an invitation.
func invites(table, column string) bool {
	c := squeezed(column)
	return strings.Contains(squeezed(table), "invit") && (c == "token" || c == "code" || c == "invitetoken" || c == "invitecode" || c == "invitationtoken" || c == "invitationcode")
}

// squeezed is a name without what its ways of writing differ in.
func squeezed(column string) string {
	return joiner.Replace(strings.ToLower(column))
}

var joiner = strings.NewReplacer("_", "", "-", "", " ", "")

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}

// secrets are names of columns, squeezed: credentials, numbers of
// identity papers, payment and health data.
var secrets = set(
	"accesstoken", "apikey", "apisecret", "authtoken", "bankaccountnumber", "cardnumber", "clientsecret", "creditcard",
	"creditcardnumber", "cvc", "cvv", "driverslicense", "encryptedpassword", "hashedpassword", "iban", "medicalrecordnumber",
	"mfasecret", "nationalid", "otpsecret", "passphrase", "passportnumber", "passwd", "password", "passworddigest", "passwordhash",
	"passwordsalt", "privatekey", "recoverycodes", "refreshtoken", "resettoken", "routingnumber", "secret", "secretkey", "secrettoken",
	"signingsecret", "socialsecuritynumber", "ssn", "stripesecretkey", "totpsecret", "webhooksecret",
)

var personal = set(
	"2facode", "2fasecret", "accountnumber", "activationkey", "authcode", "authkey", "backupcode", "bankaccount", "bearertoken", "bic",
	"birthdate", "certificate", "cvn", "dateofbirth", "deviceid", "deviceuuid", "diagnosis", "dob", "driverlicense",
	"driverslicensenumber", "encryptionkey", "faceid", "facialrecognition", "fingerprint", "gpgkey", "healthinsurance", "healthrecord",
	"idnumber", "imei", "insurancenumber", "jwt", "licensekey", "licensenumber", "macaddr", "macaddress", "medicalinsurance",
	"medicalrecord", "nationalidnumber", "oauthtoken", "otp", "otpcode", "passport", "passportid", "patientid", "pgpkey", "pin",
	"pincode", "pwd", "recoverycode", "routing", "salary", "securityanswer", "sessionid", "sessionkey", "sessionsecret", "sessiontoken",
	"socialsecurity", "sshkey", "swiftcode", "taxid", "token", "treatment", "twofactor", "verificationcode",
)
