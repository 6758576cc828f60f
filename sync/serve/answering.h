// sync/serve/answering.h - what the answering side of an exchange says, given what it holds.
// Who asks, and whether they may, was settled before.
#pragma once

#include "storage/base/result.h"
#include "sync/protocol.h"
#include "sync/replica.h"

namespace bordereau::sync {

/// The reply to a request. What was offered is durable when it returns.
Result<Reply> reply_to(const ExchangeRequest& request, const Holdings& ours);

}  // namespace bordereau::sync
