// A register that loses its connection keeps its marks and sends them when it is back. What is kept names learners by their
// numbers only, stays in this browser, and is forgotten when it is sent, after two days, or when its person signs out.
const PREFIX = 'register '
const KEPT_FOR = 2 * 24 * 60 * 60 * 1000
const AGAIN = 10_000

const many = (number, one, more) => `${number} ${number === 1 ? one : more}`

// Browsers without storage, or with none left, keep the marks as long as the page is open.
const memory = new Map()
const storage = {
  get (name) { try { return localStorage.getItem(name) ?? memory.get(name) } catch { return memory.get(name) } },
  set (name, text) { memory.set(name, text); try { localStorage.setItem(name, text) } catch { /* in memory */ } },
  drop (name) { memory.delete(name); try { localStorage.removeItem(name) } catch { /* in memory */ } }
}

function forgetOld () {
  try {
    for (const name of Object.keys(localStorage).filter(name => name.startsWith(PREFIX))) {
      if (!(Date.now() - JSON.parse(localStorage.getItem(name)).at < KEPT_FOR)) localStorage.removeItem(name)
    }
  } catch { /* nothing is kept here */ }
}

// marks: by learner, what the page showed before and what is to be marked. wanted: whether they are to be sent.
function kept (name) {
  try { return { marks: {}, wanted: false, ...JSON.parse(storage.get(name)) } } catch { return { marks: {}, wanted: false } }
}

let timer
let sending = false

function start () {
  const form = document.querySelector('form[data-register]')
  if (!form) return
  const name = PREFIX + form.dataset.register
  const state = kept(name)
  const status = document.querySelector('[data-register-status]')
  const counts = document.querySelector('[data-register-counts]')
  const parts = radio => radio.name.match(/^mark-(\d+)-(\w*)$/)

  const keep = () => {
    if (Object.keys(state.marks).length === 0) return storage.drop(name)
    storage.set(name, JSON.stringify({ ...state, at: Date.now() }))
  }
  const say = (text, isTrouble = false) => {
    if (status.textContent !== text) status.textContent = text
    status.classList.toggle('trouble', isTrouble)
  }
  const show = () => {
    const number = Object.keys(state.marks).length
    if (number === 0) say('')
    else if (!state.wanted) say(`${many(number, 'mark is', 'marks are')} not recorded yet`)
    const of = value => form.querySelectorAll(`tbody input[type=radio][value="${value}"]:checked`).length
    if (counts) counts.textContent = `${of('attended')} present, ${of('absent')} absent, ${of('')} without a mark`
  }
  const note = radio => {
    const [, learner, before] = parts(radio) ?? []
    if (!learner) return
    const seen = state.marks[learner]?.[0] ?? before
    if (radio.value === before && seen === before) delete state.marks[learner]
    else state.marks[learner] = [seen, radio.value]
  }

  // What was kept of an earlier visit. A mark that the page shows already has arrived.
  for (const [learner, [, value]] of Object.entries(state.marks)) {
    const radio = form.querySelector(`input[name^="mark-${learner}-"][value="${value}"]`)
    if (!radio) continue
    if (parts(radio)[2] === value) delete state.marks[learner]
    else radio.checked = true
  }
  keep()
  show()

  form.addEventListener('change', event => { note(event.target); keep(); show() })

  for (const button of document.querySelectorAll('[data-mark-all]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      for (const radio of form.querySelectorAll(`tbody input[type=radio][value="${button.dataset.markAll}"]`)) {
        radio.checked = true
        note(radio)
      }
      keep()
      show()
    })
  }

  // A letter marks the learner in focus and goes on to the next.
  form.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.type !== 'radio') return
    const row = event.target.closest('tr')
    const value = { p: 'attended', a: 'absent', e: 'excused' }[event.key.toLowerCase()]
    const radio = value && row.querySelector(`input[value="${value}"]`)
    if (!radio) return
    event.preventDefault()
    radio.checked = true
    note(radio)
    keep()
    show()
    const next = row.nextElementSibling?.querySelector('input:checked, input')
    ;(next ?? radio).focus()
  })

  const later = () => { clearTimeout(timer); timer = setTimeout(send, AGAIN) }

  async function freshToken () {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
    const token = page.querySelector('form[data-register] input[name=csrf]')?.value
    if (token) form.elements.csrf.value = token
    return Boolean(token)
  }

  async function send (isSecond = false) {
    if (sending || !form.isConnected) return
    const sent = { ...state.marks }
    const number = Object.keys(sent).length
    if (number === 0) return say('Nothing is changed, so nothing is to be recorded')
    state.wanted = true
    keep()
    sending = true
    say(`Sending ${many(number, 'mark', 'marks')}…`)
    try {
      const body = new URLSearchParams({ csrf: form.elements.csrf.value })
      for (const [learner, [seen, value]] of Object.entries(sent)) body.append(`mark-${learner}-${seen}`, value)
      const answer = await fetch(form.action, { method: 'POST', body })
      if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status))
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const isOurs = page.querySelector('form[data-register], form[data-conflicts]')
      sending = false
      if (answer.redirected && new URL(answer.url).pathname === '/sign-in') {
        return say('You are signed out. Sign in again in another tab, then record again here: the marks are kept', true)
      }
      if (!isOurs) {
        // The form is of an earlier session: once more with a token of this one.
        if (!isSecond && answer.status === 409 && await freshToken()) return send(true)
        state.wanted = false
        keep()
        return say(page.querySelector('main .lead, main p')?.textContent ?? 'The marks could not be recorded', true)
      }
      for (const [learner, [, value]] of Object.entries(sent)) {
        if (state.marks[learner]?.[1] === value) delete state.marks[learner]
      }
      state.wanted = false
      keep()
      document.title = page.title
      const main = document.querySelector('main')
      main.replaceChildren(...page.querySelector('main').childNodes)
      main.focus()
      scrollTo(0, 0)
      start()
    } catch {
      sending = false
      say(`Not sent yet: ${many(number, 'mark', 'marks')}. They are kept here and go by themselves when the connection is back`, true)
      later()
    }
  }

  form.addEventListener('submit', event => { event.preventDefault(); send() })
  if (state.wanted && Object.keys(state.marks).length > 0) send()
  window.ononline = () => { if (state.wanted && Object.keys(state.marks).length > 0) send() }
}

forgetOld()
start()
