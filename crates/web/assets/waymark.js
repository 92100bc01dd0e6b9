// Pages work without this. With it: GOV.UK Frontend's behaviour, progress that arrives by itself, and registers and
// filters that save a click.
import { initAll } from './components.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Long work: ask for the page again and put its progress in place, instead of reloading the whole page.
const progress = document.querySelector('[data-progress]')
if (progress) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.querySelector('[data-progress]')
      if (answer.redirected || !next) return location.replace(answer.redirected ? answer.url : location.href)
      progress.replaceChildren(...next.childNodes)
    } catch { /* the connection is gone for a moment: keep what is shown and try again */ }
    setTimeout(again, 1000)
  }
  setTimeout(again, 1000)
}

// Filters with `data-now` apply as soon as they are chosen.
for (const field of document.querySelectorAll('form[data-now] select')) {
  field.addEventListener('change', () => field.form.requestSubmit())
}

// A kind of activity shows only its own fields and checklist; without script all are shown, each under its heading.
const kind = document.querySelector('[data-kinds]')
if (kind) {
  const show = () => {
    const chosen = kind.querySelector('input:checked, option:checked')?.value
    for (const part of document.querySelectorAll('[data-for-kind]')) {
      part.hidden = !part.dataset.forKind.split(' ').includes(chosen)
    }
  }
  kind.addEventListener('change', show)
  show()
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

// Passkeys: what to ask the device for comes from the server, its answer goes back with the form.
const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

async function askDevice(how, publicKey) {
  publicKey.challenge = toBytes(publicKey.challenge)
  if (publicKey.user) publicKey.user.id = toBytes(publicKey.user.id)
  for (const known of [...publicKey.excludeCredentials ?? [], ...publicKey.allowCredentials ?? []]) known.id = toBytes(known.id)
  const made = await navigator.credentials[how]({ publicKey })
  const response = {}
  for (const part of ['attestationObject', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle']) {
    if (made.response[part]) response[part] = toText(made.response[part])
  }
  response.userHandle ??= null
  return { id: made.id, rawId: toText(made.rawId), type: made.type, response, extensions: {} }
}

if (window.PublicKeyCredential) {
  for (const instead of document.querySelectorAll('[data-passkey-instead]')) instead.hidden = true
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    const problem = form.querySelector('[data-passkey-problem]')
    form.addEventListener('submit', async event => {
      event.preventDefault()
      problem.hidden = true
      try {
        const body = new URLSearchParams({ csrf: form.elements.csrf.value })
        const answer = await fetch(form.dataset.options, { method: 'POST', body })
        // It is asked first who is there, or the sign-in is over.
        if (answer.redirected) return location.assign(answer.url)
        if (!answer.ok) throw new Error(answer.status)
        const { ceremony, options } = await answer.json()
        form.elements.credential.value = JSON.stringify(await askDevice(form.dataset.passkey, options.publicKey))
        form.elements.ceremony.value = ceremony
        form.submit()
      } catch (error) {
        problem.textContent = error.name === 'InvalidStateError'
          ? 'This device has a passkey for you already.'
          : 'No passkey came from your device. Try again, or use another way.'
        problem.hidden = false
      }
    })
  }
}
