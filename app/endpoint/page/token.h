// app/endpoint/page/token.h - what opens the status page from elsewhere. The endpoint keeps its
// digest and until when it counts; one at a time.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/changeset_store.h"

namespace bordereau::app::endpoint {

/// A new token, which takes the place of the one before; it is told only here.
Result<std::string> make_token(storage::ChangesetStore& store, Millis expires_at,
                               const Entropy& entropy);

/// Whether this is the token, and counts now. Takes as long for one wrong token as for another.
bool opens(const storage::ChangesetStore& store, std::string_view token, Millis now);

/// The field of that name in a form's body (application/x-www-form-urlencoded); empty: none.
std::string form_field(std::string_view body, std::string_view name);
/// The cookie of that name in a Cookie header; empty: none.
std::string_view cookie(std::string_view header, std::string_view name);

}  // namespace bordereau::app::endpoint
